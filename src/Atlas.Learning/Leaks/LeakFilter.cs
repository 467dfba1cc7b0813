using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Pruning;
using Atlas.Learning.Text;

namespace Atlas.Learning.Leaks;

/// <summary>Removes entries that contain an answer from a playbook that was learned before the answer was listed.</summary>
internal static class LeakFilter
{
    /// <summary>Returns the traces of the entries to remove. A trace does not repeat what the entry said.</summary>
    public static ImmutableArray<PrunedEntry> Leaking(LearnedPlaybook playbook, LeakGuardOptions options, DateTimeOffset now)
    {
        var guard = LeakGuard.Of(options);
        return guard.IsEmpty || playbook.Entries.IsDefault
            ? []
            : [.. playbook.Entries
                .Where(entry => guard.Objection(entry) is not null)
                .Select(entry => new PrunedEntry(SafeId(entry, guard), PruneReason.HeldAnswer, AtlasTime.Iso(now), "", entry.Impact ?? new EntryImpact()))];
    }

    /// <summary>Returns an id that is safe to show for an entry: its own, unless that contains an answer too.</summary>
    public static string SafeId(PlaybookEntry entry, LeakGuard guard) =>
        guard.Objection(new PlaybookEntry { Id = entry.Id }) is null ? EntryIds.Of(entry) : EntryIds.Derive(entry);
}
