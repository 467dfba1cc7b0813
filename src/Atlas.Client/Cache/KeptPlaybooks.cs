using System.Collections.Concurrent;
using Atlas.Contracts;
using Atlas.Contracts.Playbooks;

namespace Atlas.Client.Cache;

/// <summary>Keeps the current playbooks of learning keys on disk. It remembers what it stored instead of reading it from disk, because reads
/// are frequent and changes are rare.</summary>
/// <remarks>What a session was given is never stored: it can lack the entries that were withheld from it, be another version that is on
/// trial, or be nothing at all for the hold-out.</remarks>
internal sealed class KeptPlaybooks(PlaybookCache cache, TimeProvider time)
{
    private const int Most = 4096;

    /// <summary>How long a key whose sessions differ from its current playbook is not read again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>After this time, a playbook is stored again even if it is the same, because the cache may have been cleared.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private volatile bool _refused;

    /// <summary>Stores the current playbook of a learning key, as the cluster resolved it.</summary>
    public void Note(ResolvedPlaybook current)
    {
        var stamp = StampOf(current);
        if (!IsRecent(current.LearningKey, stamp, differs: TimeSpan.Zero))
        {
            cache.Store(current);
            Remember(current.LearningKey, stamp);
        }
    }

    /// <summary>Reads and stores the current playbook of the learning key of a session that has started. It does not hold up the
    /// session.</summary>
    /// <param name="given">The playbook given to the session.</param>
    /// <param name="resolve">Reads the current playbook of a learning key.</param>
    public void Follow(ResolvedPlaybook given, Func<string, Task<ResolvedPlaybook>> resolve)
    {
        var stamp = StampOf(given);
        if (!_refused && !IsRecent(given.LearningKey, stamp, differs: Pause))
        {
            Remember(given.LearningKey, null);
            _ = FollowAsync(given.LearningKey, resolve);
        }
    }

    private async Task FollowAsync(string learningKey, Func<string, Task<ResolvedPlaybook>> resolve)
    {
        try
        {
            Note(await resolve(learningKey).ConfigureAwait(false));
        }
        catch (AtlasRefusedException)
        {
            // A client that is only allowed to record keeps nothing.
            _refused = true;
        }
        catch (Exception)
        {
            // What is stored stays, and a later session tries again.
        }
    }

    private bool IsRecent(string learningKey, Stamp stamp, TimeSpan differs) =>
        _kept.TryGetValue(learningKey, out var kept) && time.GetElapsedTime(kept.At) < (kept.Stamp == stamp ? Renewal : differs);

    private void Remember(string learningKey, Stamp? stamp)
    {
        // Bounded, because an application can derive a key from every task.
        if (_kept.Count >= Most)
        {
            _kept.Clear();
        }

        _kept[learningKey] = new Kept(stamp, time.GetTimestamp());
    }

    private static Stamp StampOf(ResolvedPlaybook playbook) => new(
        playbook.Version, playbook.UpdatedAt, playbook.Student?.VersionSha256, playbook.Teacher?.VersionSha256, Served(playbook), playbook.ApplyToPrompts);

    /// <summary>Counts the entries in use, given or withheld. Which of them are withheld differs from session to session.</summary>
    private static int Served(ResolvedPlaybook playbook)
    {
        var sum = 0;
        foreach (var entry in playbook.Entries)
        {
            sum += entry.Sha256.GetHashCode(StringComparison.Ordinal);
        }

        foreach (var entry in playbook.Withheld)
        {
            sum += entry.Sha256.GetHashCode(StringComparison.Ordinal);
        }

        return sum;
    }

    private readonly record struct Stamp(int Version, DateTimeOffset? UpdatedAt, string? Student, string? Teacher, int Served, bool Applied);

    /// <param name="Stamp">What is stored; null while it is being read.</param>
    /// <param name="At">When it was stored, or asked for.</param>
    private readonly record struct Kept(Stamp? Stamp, long At);
}
