using System.Collections.Immutable;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>The candidates of one answer, evaluated, and the decision on them.</summary>
internal sealed record CandidateBatch
{
    public required ImmutableArray<CandidateEvaluation> Candidates { get; init; }

    public required SynthesisSummary Summary { get; init; }

    /// <summary>Whether the answer is taken over, wholly or in part.</summary>
    public required bool Accepted { get; init; }

    /// <summary>Why it is not; null if it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Candidates that did not pass all gates: the blocking ones, then the provisional ones.</summary>
    public ImmutableArray<CandidateFailure> Failures { get; private init; } = [];

    public static CandidateBatch Evaluate(SynthesisAnswer answer, ImmutableArray<PlaybookEntry> existing, SynthesisContext context)
    {
        var known = ById(existing);
        var gates = new EntryGates(context.Options, context.Handles(), context.Rules);
        ImmutableArray<CandidateEvaluation> candidates =
            [.. answer.Candidates.Select(item => gates.Evaluate(CandidateNormaliser.Normalise(item, context.Options.Schema, known)))];
        var blocking = candidates.Count(candidate => candidate.Verdict == Verdict.Rejected);
        var reason = answer.Problem ?? ReasonToReject(candidates, blocking, context);
        var summary = Summarise(candidates) with
        {
            Timestamp = AtlasTime.Iso(context.Now),
            Weights = gates.Weights,
            Accepted = reason is null,
            ProvisionalCount = candidates.Count(candidate => candidate.Verdict == Verdict.Provisional),
            BlockingFailures = blocking,
        };
        return new CandidateBatch
        {
            Candidates = candidates,
            Summary = summary,
            Accepted = reason is null,
            Reason = reason,
            Failures = [.. answer.TextFailures, .. Failed(candidates, Verdict.Rejected), .. Failed(candidates, Verdict.Provisional)],
        };
    }

    /// <summary>Counts and means over a batch.</summary>
    public static SynthesisSummary Summarise(ImmutableArray<CandidateEvaluation> candidates)
    {
        var passed = candidates.Count(candidate => candidate.Verdict == Verdict.Accepted);
        string[] always = [EntryGates.Actionability, EntryGates.Cue, EntryGates.Generality];
        string[] gates = candidates.Any(candidate => candidate.Rubric.Gates.ContainsKey(EntryGates.Leak)) ? [.. always, EntryGates.Leak] : always;
        return new SynthesisSummary
        {
            TotalCandidates = candidates.Length,
            Passed = passed,
            Failed = candidates.Length - passed,
            PassRate = candidates.IsEmpty ? 0 : passed / (double)candidates.Length,
            GateFailures = gates.ToImmutableSortedDictionary(
                gate => gate, gate => candidates.Count(candidate => !candidate.Rubric.Gates[gate]), StringComparer.Ordinal),
            AverageWeightedScore = candidates.IsEmpty ? 0 : candidates.Average(candidate => candidate.Rubric.WeightedTotal),
        };
    }

    /// <summary>Entries by id; of several with one id the last counts.</summary>
    public static Dictionary<string, PlaybookEntry> ById(ImmutableArray<PlaybookEntry> entries)
    {
        var known = new Dictionary<string, PlaybookEntry>(StringComparer.Ordinal);
        foreach (var entry in entries.IsDefault ? [] : entries)
        {
            known[EntryIds.Of(entry)] = entry;
        }

        return known;
    }

    private static string? ReasonToReject(ImmutableArray<CandidateEvaluation> candidates, int blocking, SynthesisContext context)
    {
        if (blocking == 0 || (context.AcceptPerEntry && blocking < candidates.Length))
        {
            return null;
        }

        var first = candidates.First(candidate => candidate.Verdict == Verdict.Rejected);
        return $"{blocking} of {candidates.Length} entries failed a gate; the first is '{first.Id}': {string.Join(", ", first.Rubric.FailureReasons)}.";
    }

    private static IEnumerable<CandidateFailure> Failed(ImmutableArray<CandidateEvaluation> candidates, Verdict verdict) =>
        from candidate in candidates
        where candidate.Verdict == verdict
        select new CandidateFailure(candidate.Id, candidate.Rubric.Gates, candidate.Rubric.Scores, candidate.Rubric.FailureReasons);
}
