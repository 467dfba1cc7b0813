using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>Merges the accepted candidates of a batch into the existing entries.</summary>
internal static class EntryMerge
{
    /// <summary>Returns the existing entries in their order, some of them revised, then the new ones. Entries that an answer does not
    /// mention stay unchanged.</summary>
    /// <param name="snapshot">The entries the model was shown.</param>
    /// <param name="current">The entries as they are now, without removed ones.</param>
    /// <param name="batch">The accepted batch. A rejected candidate in it leaves the entry that it would have replaced unchanged.</param>
    /// <param name="context">Time, sessions, guidance and tools.</param>
    public static ImmutableArray<PlaybookEntry> Merge(
        ImmutableArray<PlaybookEntry> snapshot, ImmutableArray<PlaybookEntry> current, CandidateBatch batch, SynthesisContext context)
    {
        var prior = CandidateBatch.ById(current);
        var provenance = new ProvenanceBuilder(context, batch.Summary.Weights);
        var handles = context.Handles();
        var accepted = new OrderedDictionary<string, PlaybookEntry>(StringComparer.Ordinal);
        foreach (var candidate in batch.Candidates.Where(candidate => candidate.Verdict is Verdict.Accepted or Verdict.Provisional))
        {
            prior.TryGetValue(candidate.Id, out var before);
            accepted.Remove(candidate.Id);
            accepted[candidate.Id] = Accept(candidate, before, provenance, handles, context);
        }

        if (context.Rules is { TextsStandAsWritten: true, MergeEntries: { } merge })
        {
            return merge(snapshot, current, batch, accepted, provenance);
        }

        var result = ImmutableArray.CreateBuilder<PlaybookEntry>();
        foreach (var entry in current)
        {
            result.Add(accepted.Remove(EntryIds.Of(entry), out var revised) ? revised : entry);
        }

        result.AddRange(accepted.Values);
        return result.ToImmutable();
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
        };

        // Observations of an entry belong to its words, not to its id.
        entry = entry with
        {
            Impact = context.Rules.TextsStandAsWritten || (before is not null && EntryWords.AreSame(before, entry)) ? before?.Impact : null,
        };
        return entry with { Provenance = provenance.Build(entry, before, isProvisional ? EntryLifecycle.Provisional : EntryLifecycle.Active) };
    }
}
