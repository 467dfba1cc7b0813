using Atlas.Learning.Injection;
using Atlas.Learning.Redaction;
using Atlas.Learning.Sessions;
using Atlas.Queries;

namespace Atlas.Grains.Playbooks;

/// <summary>Knows the playbook that a session was given to read, to distinguish it from what the session said. Many
/// sessions get the same version, so each is read once and kept for a while, or until sessions of its key are forgotten.</summary>
internal sealed class InjectedPlaybooks(PlaybookQueries queries, SessionRedaction redaction)
{
    private const int Most = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Key, int Version), InjectedTexts> _known = [];
    private int _drops;

    public Task<InjectedTexts> OfAsync(StoredSession session) => OfAsync(session.LearningKey, session.PlaybookVersion);

    /// <summary>Returns what a session of this key got with this version; nothing if there was none.</summary>
    public async Task<InjectedTexts> OfAsync(string? learningKey, int? playbookVersion, CancellationToken cancellationToken = default)
    {
        if ((learningKey, playbookVersion) is not ({ } key, > 0 and var version))
        {
            return InjectedTexts.None;
        }

        int drops;
        lock (_lock)
        {
            if (_known.TryGetValue((key, version), out var known))
            {
                return known;
            }

            drops = _drops;
        }

        var found = await queries.FindVersionAsync(key, version, cancellationToken);
        var texts = found is null ? InjectedTexts.None : InjectedTexts.Of(found.StudentText, found.TeacherText, Redacted(found.StudentText), Redacted(found.TeacherText));
        lock (_lock)
        {
            // What was read before sessions were forgotten must not be kept.
            if (drops == _drops)
            {
                if (_known.Count >= Most)
                {
                    _known.Clear();
                }

                _known[(key, version)] = texts;
            }
        }

        return texts;
    }

    /// <summary>Drops what is known of a key, whose versions have lost text.</summary>
    public void Drop(string learningKey)
    {
        lock (_lock)
        {
            _drops++;
            foreach (var known in _known.Keys.Where(known => known.Key == learningKey).ToList())
            {
                _known.Remove(known);
            }
        }
    }

    /// <summary>Returns the text as it appears in a session's records; null if nothing in it is redacted.</summary>
    private string? Redacted(string? text) =>
        text is not null && redaction.Redactor.Redact(text) is var redacted && !ReferenceEquals(text, redacted) ? redacted : null;
}
