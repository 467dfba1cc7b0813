using System.Text.Json;
using Atlas.Learning.Digest;

namespace Atlas.Testing.Digest;

/// <summary>Digests a session whose events are at hand.</summary>
public static class SessionDigester
{
    /// <summary>Folds all events of a session; see <see cref="DigestBuilder"/> for what is read of each.</summary>
    /// <param name="task">The task's text.</param>
    /// <param name="events">The session's trajectory events in order. What is no event is counted and otherwise ignored.</param>
    public static SessionDigest FromEvents(string task, IEnumerable<JsonElement> events)
    {
        ArgumentNullException.ThrowIfNull(events);

        var builder = new DigestBuilder(task);
        foreach (var item in events)
        {
            builder.Add(item);
        }

        return builder.Build();
    }
}
