using System.Collections.Concurrent;
using Atlas.Contracts.Playbooks;

namespace Atlas.Client.Cache;

/// <summary>Stores what a client resolves, and asks nothing of the disk for what it stored before: reads are many and changes few.</summary>
internal sealed class KeptPlaybooks(PlaybookCache cache)
{
    private const int Most = 4096;

    private readonly ConcurrentDictionary<string, Stamp> _kept = new(StringComparer.Ordinal);

    public void Note(ResolvedPlaybook playbook)
    {
        if (playbook.Arm is not null && _kept.ContainsKey(playbook.LearningKey))
        {
            // What an experiment gives to one of its arms is nothing to go on with.
            return;
        }

        var stamp = new Stamp(
            playbook.Version, playbook.UpdatedAt, playbook.Student?.VersionSha256, playbook.Teacher?.VersionSha256, Served(playbook), playbook.ApplyToPrompts);
        if (_kept.TryGetValue(playbook.LearningKey, out var kept) && kept == stamp)
        {
            return;
        }

        // An application may derive a key from every task it gets.
        if (_kept.Count >= Most)
        {
            _kept.Clear();
        }

        cache.Store(playbook);
        _kept[playbook.LearningKey] = stamp;
    }

    /// <summary>The entries that are in use, given or withheld: which of them are withheld changes with every session.</summary>
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
}
