using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Meaning;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;

namespace Atlas.Learning.Synthesis;

/// <summary>The evaluated candidates of one answer, and the decision on them.</summary>
internal sealed record CandidateBatch
{
    public required ImmutableArray<CandidateEvaluation> Candidates { get; init; }

    public required SynthesisSummary Summary { get; init; }

    /// <summary>Whether the answer is accepted, wholly or in part.</summary>
    public required bool Accepted { get; init; }

    /// <summary>The reason if it is not accepted; otherwise null.</summary>
    public string? Reason { get; init; }

    /// <summary>Candidates that did not pass all gates: the blocking ones, then the provisional ones.</summary>
    public ImmutableArray<CandidateFailure> Failures { get; private init; } = [];

    /// <summary>The sessions that the answer cites for each candidate, by id; none for a candidate without a citation.</summary>
    public ImmutableDictionary<string, ImmutableArray<long>> Cited { get; private init; } = ImmutableDictionary<string, ImmutableArray<long>>.Empty;

    /// <summary>Candidates that repeat known rules in other words.</summary>
    public ImmutableArray<MeaningFinding> Meanings { get; private init; } = [];

    /// <summary>The largest number of entries in a playbook. A longer list would fit in no prompt, and is written with every
    /// session.</summary>
    public const int MostEntries = 200;

    /// <summary>Evaluates the candidates of an answer.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="existing">The entries as they are now.</param>
    /// <param name="gone">Entries that were just removed, which the answer's author could not know.</param>
    /// <param name="context">Options, tools and time.</param>
    public static CandidateBatch Evaluate(
        SynthesisAnswer answer, ImmutableArray<PlaybookEntry> existing, ImmutableArray<PlaybookEntry> gone, SynthesisContext context)
    {
        var known = ById(existing);
        var gates = new EntryGates(context.Options, context.Handles(), context.Rules);
        var cited = ImmutableDictionary.CreateBuilder<string, ImmutableArray<long>>(StringComparer.Ordinal);
        var withdrawn = gone.Select(EntryWords.Of).ToHashSet(StringComparer.Ordinal);
        var condemned = context.Condemned.Select(rule => SameWords.Of(rule.Words)).ToHashSet(StringComparer.Ordinal);
        var meanings = context.Vectors is { } vectors ? new CandidateMeanings(existing, context, vectors) : null;
        ImmutableArray<CandidateEvaluation> candidates =
        [
            .. Normalised(answer, known, context, cited)
                .Where(entry => EntryWords.Of(entry) is var words && !withdrawn.Contains(words) && (condemned.Count == 0 || !condemned.Contains(SameWords.Of(words))))
                .Where(entry => meanings?.TakesUp(entry) is not false)
                .Select(gates.Evaluate),
        ];
        candidates = WithinBounds(candidates, known);
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
            Cited = CandidateMeanings.Cited(cited.ToImmutable(), meanings?.Findings ?? []),
            Meanings = meanings?.Findings ?? [],
            Summary = summary,
            Accepted = reason is null,
            Reason = reason,
            Failures =
            [
                .. answer.TextFailures,
                .. Failed(candidates, Verdict.Rejected),
                .. Failed(candidates, Verdict.NoRoom),
                .. Failed(candidates, Verdict.Provisional),
            ],
        };
    }

    /// <summary>Returns counts and means over a batch.</summary>
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

    /// <summary>Returns the entries by id; of several with the same id, the last counts.</summary>
    public static Dictionary<string, PlaybookEntry> ById(ImmutableArray<PlaybookEntry> entries)
    {
        var known = new Dictionary<string, PlaybookEntry>(StringComparer.Ordinal);
        foreach (var entry in entries.IsDefault ? [] : entries)
        {
            known[EntryIds.Of(entry)] = entry;
        }

        return known;
    }

    /// <summary>Converts the candidates to entries. If two different ones have the same id, the second gets a new id; a repeated one counts
    /// once.</summary>
    private static IEnumerable<PlaybookEntry> Normalised(
        SynthesisAnswer answer, Dictionary<string, PlaybookEntry> known, SynthesisContext context,
        ImmutableDictionary<string, ImmutableArray<long>>.Builder cited)
    {
        var schema = context.Options.Schema;
        var named = new Dictionary<string, PlaybookEntry>(StringComparer.Ordinal);
        foreach (var item in answer.Candidates)
        {
            var entry = CandidateNormaliser.Normalise(item, schema, known);
            if (context.Rules.TextsStandAsWritten || named.TryAdd(entry.Id!, entry))
            {
                cited[entry.Id!] = Sessions(item);
                yield return entry;
                continue;
            }

            if (EntryWords.Of(named[entry.Id!]) == EntryWords.Of(entry) && named[entry.Id!].Role == entry.Role)
            {
                cited[entry.Id!] = [.. cited[entry.Id!], .. Sessions(item)];
                continue;
            }

            entry = CandidateNormaliser.Normalise(item, schema, ImmutableDictionary<string, PlaybookEntry>.Empty);
            var (own, number) = (EntryIds.Derive(entry), 1);
            entry = entry with { Id = own };
            while (!named.TryAdd(entry.Id, entry))
            {
                entry = entry with { Id = $"{own}-{++number}" };
            }

            cited[entry.Id] = Sessions(item);
            yield return entry;
        }
    }

    private static ImmutableArray<long> Sessions(JsonElement item) => JsonRead.TryGet(item, "sessions", out var list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Where(id => id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out _)).Select(id => id.GetInt64()).Take(MostEntries)]
        : [];

    private static ImmutableArray<CandidateEvaluation> WithinBounds(
        ImmutableArray<CandidateEvaluation> candidates, Dictionary<string, PlaybookEntry> known)
    {
        var room = Math.Max(0, MostEntries - known.Count);
        return
        [
            .. candidates.Select(candidate =>
                candidate.Verdict is Verdict.Rejected || known.ContainsKey(candidate.Id) || room-- > 0
                    ? candidate
                    : candidate with
                    {
                        Verdict = Verdict.NoRoom,
                        Rubric = candidate.Rubric with
                        {
                            FailureReasons = [.. candidate.Rubric.FailureReasons, $"The playbook has {known.Count} entries, and {MostEntries} is the maximum. Retire some first."],
                        },
                    }),
        ];
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
