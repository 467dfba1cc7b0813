using System.Collections.Concurrent;
using Atlas.Learning.Injection;
using Atlas.Learning.Redaction;
using Atlas.Learning.Sessions;
using Atlas.Queries;

namespace Atlas.Grains.Playbooks;

/// <summary>Knows what a session was given to read, so that it can be told from what the session said. A version never changes,
/// and many sessions are given the same one: each is read once and kept for a while.</summary>
internal sealed class InjectedPlaybooks(PlaybookQueries queries, SessionRedaction redaction)
{
    private const int Most = 256;

    private readonly ConcurrentDictionary<(string Key, int Version), InjectedTexts> _known = new();

    public Task<InjectedTexts> OfAsync(StoredSession session) => OfAsync(session.LearningKey, session.PlaybookVersion);

    /// <summary>What a session of this key was given with this version; nothing, if there was none.</summary>
    public async Task<InjectedTexts> OfAsync(string? learningKey, int? playbookVersion, CancellationToken cancellationToken = default)
    {
        if ((learningKey, playbookVersion) is not ({ } key, > 0 and var version))
        {
            return InjectedTexts.None;
        }

        if (_known.TryGetValue((key, version), out var known))
        {
            return known;
        }

        var found = await queries.FindVersionAsync(key, version, cancellationToken);
        var texts = found is null ? InjectedTexts.None : InjectedTexts.Of(found.StudentText, found.TeacherText, Redacted(found.StudentText), Redacted(found.TeacherText));
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        return _known[(key, version)] = texts;
    }

    /// <summary>As a session's records show a copy of it; null where nothing in it is redacted.</summary>
    private string? Redacted(string? text) =>
        text is not null && redaction.Redactor.Redact(text) is var redacted && !ReferenceEquals(text, redacted) ? redacted : null;
}
