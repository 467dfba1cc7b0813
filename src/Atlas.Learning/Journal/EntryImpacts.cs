using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Text;

namespace Atlas.Learning.Journal;

/// <summary>Keeps the impact counted for an entry when its playbook is replaced.</summary>
internal static class EntryImpacts
{
    /// <summary>Returns <paramref name="entries"/> with the impact that the key has for the same ids and words. An entry with new words
    /// starts again.</summary>
    public static ImmutableArray<PlaybookEntry> Carry(ImmutableArray<PlaybookEntry> entries, LearningKeyState state, DateTimeOffset at)
    {
        // The served version can have entries that the newest one no longer has; if both have an entry, their counts are equal.
        var known = new Dictionary<string, PlaybookEntry>(StringComparer.Ordinal);
        foreach (var entry in (state.Served?.Playbook.Entries ?? []).Concat(state.Playbook.Entries))
        {
            if (entry.Id is not null)
            {
                known[entry.Id] = entry;
            }
        }

        return [.. entries.Select(entry => entry.Id is null || !known.TryGetValue(entry.Id, out var before) ? entry
            : EntryWords.AreSame(before, entry) ? entry with { Impact = before.Impact }
            : entry with { Impact = null, Provenance = (entry.Provenance ?? new EntryProvenance()) with { RewordedAt = AtlasTime.Iso(at) } })];
    }
}
