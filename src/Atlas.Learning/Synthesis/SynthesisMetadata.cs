using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Pruning;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>The metadata of a key after a synthesis: what was known, what the model added, and what Atlas records.</summary>
internal static class SynthesisMetadata
{
    public static ImmutableSortedDictionary<string, JsonElement> Build(
        ImmutableSortedDictionary<string, JsonElement> current,
        SynthesisAnswer answer,
        CandidateBatch batch,
        ImmutableArray<PrunedEntry> pruned,
        SynthesisContext context)
    {
        var now = AtlasTime.Iso(context.Now);
        var metadata = current.ToBuilder();
        foreach (var (name, value) in answer.Metadata)
        {
            metadata[name] = value;
        }

        metadata["playbook_version"] = Json(context.Options.Schema.Version);
        metadata["playbook_summary"] = Json(batch.Summary);
        metadata["last_evaluation"] = Json(new
        {
            Timestamp = now,
            batch.Summary,
            Candidates = batch.Candidates.Select(candidate => new { candidate.Id, candidate.Entry.Audience, Rubric = Evaluated(candidate) }),
        });
        if (batch.Accepted && (batch.Candidates.Length > 0 || !metadata.ContainsKey("last_updated_at")))
        {
            metadata["last_updated_at"] = Json(now);
        }

        if (batch.Candidates.Any(candidate => candidate.Verdict == Verdict.Rejected) || !answer.TextFailures.IsEmpty || !batch.Accepted)
        {
            metadata["last_failure"] = LastFailure(batch, now);
        }

        if (pruned.Length > 0 && !context.Rules.PrunedLeavesNoTrace)
        {
            metadata[PrunedTrace.Key] = PrunedTrace.Append(current, pruned);
        }

        return metadata.ToImmutable();
    }

    private static JsonElement LastFailure(CandidateBatch batch, string now)
    {
        var failure = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["timestamp"] = now,
            ["failures"] = batch.Failures,
            ["rejected_candidates"] = batch.Candidates
                .Where(candidate => candidate.Verdict == Verdict.Rejected || (!batch.Accepted && candidate.Verdict == Verdict.Provisional))
                .Select(Rejected)
                .ToArray(),
        };
        if (batch.Candidates.IsEmpty)
        {
            failure["reason"] = batch.Reason;
        }

        return Json(failure);
    }

    private static object Rejected(CandidateEvaluation candidate) => new
    {
        candidate.Id,
        candidate.Entry.Audience,
        candidate.Entry.Scope,
        Status = new EntryStatus { Category = candidate.Entry.Scope.Category, Lifecycle = EntryLifecycle.Rejected },
        Rubric = Evaluated(candidate),
    };

    /// <summary>Returns the rubric without the weights, which are in the summary next to it.</summary>
    private static object Evaluated(CandidateEvaluation candidate) => new
    {
        candidate.Rubric.Gates,
        candidate.Rubric.Scores,
        candidate.Rubric.WeightedTotal,
        candidate.Rubric.FailureReasons,
    };

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, AtlasJson.Options);
}
