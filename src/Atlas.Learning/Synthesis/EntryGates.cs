using System.Collections.Immutable;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Compatibility;
using Atlas.Learning.Leaks;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;
using Atlas.Learning.Text;
using Atlas.Learning.Usage;

namespace Atlas.Learning.Synthesis;

/// <summary>Checks candidates at the gates, and scores them. The gate for leaks applies only if there are answers to guard.</summary>
internal sealed class EntryGates(LearningOptions options, HandleList handles, ReferenceRules rules)
{
    public const string Actionability = "actionability";
    public const string Cue = "cue";
    public const string Generality = "generality";
    public const string Leak = "leak";

    private readonly LeakGuard _leaks = LeakGuard.Of(options.LeakGuard);

    /// <summary>The weights of the four scores.</summary>
    public ImmutableSortedDictionary<string, double> Weights { get; } = Rubric.Weights(options.RubricWeights);

    public CandidateEvaluation Evaluate(PlaybookEntry entry)
    {
        var gates = options.Gates;
        var actionProblem = gates.EnforceActionability ? ActionProblem(entry) : null;
        var isCueValid = IsCueValid(entry.Cue);
        var cueProblem = gates.EnforceCue && !isCueValid ? "invalid cue pattern" : null;
        var objection = gates.EnforceGenerality || !rules.UnenforcedGeneralityPasses ? GeneralityFilter.Objection(entry, gates) : null;
        var scores = Rubric.Scores(entry, actionProblem is null, objection is null, isCueValid, gates);
        var leak = _leaks.Objection(entry);
        var reasons = ImmutableArray.CreateBuilder<string>();
        AddReason(reasons, Leak, leak);
        AddReason(reasons, Actionability, actionProblem);
        AddReason(reasons, Cue, cueProblem);
        AddReason(reasons, Generality, objection);
        var passed = ImmutableSortedDictionary<string, bool>.Empty
            .Add(Actionability, actionProblem is null)
            .Add(Cue, cueProblem is null)
            .Add(Generality, objection is null);
        var rubric = new EntryRubric
        {
            Gates = _leaks.IsEmpty ? passed : passed.Add(Leak, leak is null),
            Scores = scores,
            WeightedTotal = Rubric.Total(scores, Weights),
            FailureReasons = reasons.ToImmutable(),
            Weights = Weights,
        };
        return leak is null
            ? new CandidateEvaluation(entry, rubric, VerdictOn(actionProblem, cueProblem, objection))
            : new CandidateEvaluation(WithoutWords(entry), rubric, Verdict.Rejected);
    }

    /// <summary>Returns a candidate reduced for the records, without anything that could reveal an answer.</summary>
    private PlaybookEntry WithoutWords(PlaybookEntry entry) => new() { Id = LeakFilter.SafeId(entry, _leaks), Audience = entry.Audience };

    private Verdict VerdictOn(string? actionProblem, string? cueProblem, string? objection)
    {
        if (actionProblem is not null || cueProblem is not null)
        {
            return Verdict.Rejected;
        }

        if (objection is null)
        {
            return Verdict.Accepted;
        }

        if (rules.UnenforcedGeneralityPasses)
        {
            return Verdict.Provisional;
        }

        return options.Gates.EnforceGenerality || !options.ProvisionalAcceptance ? Verdict.Rejected : Verdict.Provisional;
    }

    private string? ActionProblem(PlaybookEntry entry)
    {
        if (PythonText.IsBlank(entry.Action.Imperative))
        {
            return "imperative missing";
        }

        return options.Schema.AllowMissingToolMapping || handles.IsToolless || handles.Allows(entry.Action.RuntimeHandle)
            ? null
            : "runtime handle missing";
    }

    private bool IsCueValid(EntryCue cue)
    {
        var pattern = cue.Pattern.Length > 0 ? cue.Pattern : EntryIds.CueText(cue);
        return (options.Schema.CueTypes.IsDefault ? [] : options.Schema.CueTypes).Contains(cue.Type, StringComparer.Ordinal)
            && !PythonText.IsBlank(pattern)
            && (cue.Type != "regex" || CuePattern.Compiles(pattern));
    }

    private static void AddReason(ImmutableArray<string>.Builder reasons, string gate, string? problem)
    {
        if (problem is not null)
        {
            reasons.Add($"{gate}_gate:{problem}");
        }
    }
}
