using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Synthesis;

namespace Atlas.Conformance;

/// <summary>How the Python implementation puts entries together: what an answer does not repeat is given up.</summary>
internal static class ReferenceEntryMerge
{
    public static ImmutableArray<PlaybookEntry> Merge(
        ImmutableArray<PlaybookEntry> snapshot,
        ImmutableArray<PlaybookEntry> current,
        CandidateBatch batch,
        OrderedDictionary<string, PlaybookEntry> accepted,
        ProvenanceBuilder provenance)
    {
        var shown = CandidateBatch.ById(snapshot);
        var rejected = batch.Candidates.Where(candidate => candidate.Verdict is Verdict.Rejected).Select(candidate => candidate.Id).ToHashSet(StringComparer.Ordinal);
        var others = current
            .Where(entry => !accepted.ContainsKey(EntryIds.Of(entry)))
            .Select(entry => shown.ContainsKey(EntryIds.Of(entry)) && !rejected.Contains(EntryIds.Of(entry))
                ? entry with { Provenance = provenance.Build(entry, entry, EntryLifecycle.Deprecated) }
                : entry);
        return [.. accepted.Values.Concat(others).Where(entry => entry.Lifecycle != EntryLifecycle.Pruned)];
    }
}
