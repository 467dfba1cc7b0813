using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Learning.Digest;
using Atlas.Learning.Injection;
using Atlas.Learning.Redaction;

namespace Atlas.Grains.Sessions;

/// <summary>Digests a session's events as they arrive, so that its end need not read them again.</summary>
internal sealed class DigestInProgress(string task, InjectedTexts injected, Redactor redactor)
{
    private readonly DigestBuilder _builder = new(task, injected, redactor);
    private int _next;

    /// <summary>Adds stored events; those it has already seen are skipped.</summary>
    public void Add(int firstSequence, ImmutableArray<JsonElement> events)
    {
        for (var index = 0; index < events.Length; index++)
        {
            if (firstSequence + index == _next)
            {
                _builder.Add(events[index]);
                _next++;
            }
        }
    }

    /// <summary>Returns the digest, if all stored events passed through here.</summary>
    /// <param name="nextSequence">Number of the next event of the session.</param>
    public SessionDigest? Complete(int nextSequence) => _next == nextSequence ? _builder.Build() : null;
}
