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
        var stamp = new Stamp(
            playbook.Version, playbook.UpdatedAt, playbook.Student?.Sha256, playbook.Teacher?.Sha256, playbook.ApplyToPrompts);
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

    private readonly record struct Stamp(int Version, DateTimeOffset? UpdatedAt, string? Student, string? Teacher, bool Applied);
}
