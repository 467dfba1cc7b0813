using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Pruning;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>Removes entries that trials have condemned. Figures of sessions that all got an entry decide nothing: they show how hard the
/// tasks are in which its cue matches.</summary>
internal static class EntryTrials
{
    /// <summary>Returns the entries without those whose words are condemned.</summary>
    public static PruningOutcome Prune(ImmutableArray<PlaybookEntry> entries, SynthesisContext context)
    {
        var all = entries.IsDefault ? [] : entries;
        var condemned = context.Condemned.Select(rule => rule.Words).ToHashSet(StringComparer.Ordinal);
        if (condemned.Count == 0 || !all.Any(entry => condemned.Contains(EntryWords.Of(entry))))
        {
            return new(all, []);
        }

        var gone = all.Where(entry => condemned.Contains(EntryWords.Of(entry))).ToImmutableArray();
        return new(
            all.RemoveAll(gone.Contains),
            [.. gone.Select(entry => new PrunedEntry(EntryIds.Of(entry), PruneReason.FailedTrial, AtlasTime.Iso(context.Now), entry.Action.Imperative, entry.Impact ?? new EntryImpact()))]);
    }
}
