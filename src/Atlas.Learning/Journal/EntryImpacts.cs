using System.Collections.Immutable;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>Keeps what was counted of an entry when its playbook is replaced.</summary>
internal static class EntryImpacts
{
    /// <summary><paramref name="entries"/> with the impact that the key has for the same ids.</summary>
    public static ImmutableArray<PlaybookEntry> Carry(ImmutableArray<PlaybookEntry> entries, LearningKeyState state)
    {
        // What is served may have entries that the newest version has no more; where both have one, they counted alike.
        var impacts = new Dictionary<string, EntryImpact?>(StringComparer.Ordinal);
        foreach (var entry in (state.Served?.Playbook.Entries ?? []).Concat(state.Playbook.Entries))
        {
            if (entry.Id is not null)
            {
                impacts[entry.Id] = entry.Impact;
            }
        }

        return [.. entries.Select(entry =>
            entry.Id is not null && impacts.TryGetValue(entry.Id, out var impact) ? entry with { Impact = impact } : entry)];
    }
}
