using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Learning.Json;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>Puts the accepted candidates of a batch among the existing entries.</summary>
internal static class EntryMerge
{
    /// <summary>The candidates, then the existing entries that they do not replace.</summary>
    /// <param name="snapshot">The entries the model was shown: those it did not take up again are deprecated.</param>
    /// <param name="current">The entries as they are now; what is not in the snapshot stays as it is.</param>
    /// <param name="batch">The accepted batch. A rejected candidate in it leaves the entry it meant to replace alone.</param>
    /// <param name="context">Time, sessions, guidance and tools.</param>
    public static ImmutableArray<PlaybookEntry> Merge(
        ImmutableArray<PlaybookEntry> snapshot, ImmutableArray<PlaybookEntry> current, CandidateBatch batch, SynthesisContext context)
    {
        var prior = CandidateBatch.ById(current);
        var shown = CandidateBatch.ById(snapshot);
        var provenance = new ProvenanceBuilder(context, batch.Summary.Weights);
        var handles = context.Handles();

        // Of candidates with one id the last is meant.
        var accepted = new OrderedDictionary<string, CandidateEvaluation>(StringComparer.Ordinal);
        foreach (var candidate in batch.Candidates.Where(candidate => candidate.Verdict != Verdict.Rejected))
        {
            accepted.Remove(candidate.Id);
            accepted[candidate.Id] = candidate;
        }

        var rejected = batch.Candidates
            .Where(candidate => candidate.Verdict == Verdict.Rejected)
            .Select(candidate => candidate.Id)
            .ToHashSet(StringComparer.Ordinal);
        var result = ImmutableArray.CreateBuilder<PlaybookEntry>();
        foreach (var (id, candidate) in accepted)
        {
            prior.TryGetValue(id, out var before);
            result.Add(Accept(candidate, before, provenance, handles, context));
        }

        foreach (var entry in current)
        {
            var id = EntryIds.Of(entry);
            if (accepted.ContainsKey(id))
            {
                continue;
            }

            result.Add(shown.ContainsKey(id) && !rejected.Contains(id) ? Deprecate(entry, provenance) : entry);
        }

        return [.. result.Where(entry => entry.Lifecycle != EntryLifecycle.Pruned)];
    }

    private static PlaybookEntry Accept(
        CandidateEvaluation candidate, PlaybookEntry? before, ProvenanceBuilder provenance, HandleList handles, SynthesisContext context)
    {
        var isProvisional = candidate.Verdict == Verdict.Provisional;
        var metadata = new Dictionary<string, JsonElement>(candidate.Entry.Metadata ?? [], StringComparer.Ordinal);
        metadata.Remove("validation_warnings");
        metadata["validation_status"] = JsonSerializer.SerializeToElement(isProvisional ? "provisional" : "validated", AtlasJson.Options);
        if (isProvisional)
        {
            metadata["validation_warnings"] = JsonSerializer.SerializeToElement(candidate.Rubric.FailureReasons, AtlasJson.Options);
        }

        var action = candidate.Entry.Action;
        var entry = candidate.Entry with
        {
            Action = context.Rules.HandleSpellingKept ? action : action with { RuntimeHandle = handles.Canonical(action.RuntimeHandle) },
            Metadata = metadata,
            Rubric = candidate.Rubric,
            GeneratedAt = AtlasTime.Iso(context.Now),
            Impact = before?.Impact,
        };
        return entry with { Provenance = provenance.Build(entry, before, isProvisional ? EntryLifecycle.Provisional : EntryLifecycle.Active) };
    }

    private static PlaybookEntry Deprecate(PlaybookEntry entry, ProvenanceBuilder provenance) =>
        entry with { Provenance = provenance.Build(entry, entry, EntryLifecycle.Deprecated) };
}
