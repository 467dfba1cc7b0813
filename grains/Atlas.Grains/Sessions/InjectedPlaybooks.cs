using System.Collections.Concurrent;
using Atlas.Learning.Injection;
using Atlas.Storage.Queries;
using Atlas.Storage.Sessions;

namespace Atlas.Grains.Sessions;

/// <summary>Knows what a session was given to read, so that it can be told from what the session said. A version never changes,
/// and many sessions are given the same one: each is read once and kept for a while.</summary>
internal sealed class InjectedPlaybooks(PlaybookQueries queries)
{
    private const int Most = 256;

    private readonly ConcurrentDictionary<(string Key, int Version), InjectedTexts> _known = new();

    public async Task<InjectedTexts> OfAsync(StoredSession session)
    {
        if (session is not { LearningKey: { } key, PlaybookVersion: > 0 and var version })
        {
            return InjectedTexts.None;
        }

        if (_known.TryGetValue((key, version), out var known))
        {
            return known;
        }

        var found = await queries.FindVersionAsync(key, version);
        var texts = found is null ? InjectedTexts.None : InjectedTexts.Of(found.StudentText, found.TeacherText);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        return _known[(key, version)] = texts;
    }
}
