using System.Collections.Immutable;
using Atlas.Domain.Experiments;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>Reports on a key's experiments. Pure.</summary>
public static class ExperimentConclusions
{
    /// <summary>Returns all known experiments of a key, newest first.</summary>
    public static ImmutableArray<ExperimentReport> Reports(KeyTrials? trials) => trials is null ? [] :
    [
        .. (trials.PastExperiments ?? []).Concat(trials.Evidence.Experiment is { } now ? [now] : [])
            .OrderByDescending(experiment => experiment.Number)
            .Select(experiment => ExperimentWords.Report(experiment, trials.Rules)),
    ];

    internal static ExperimentDecided Decided(ExperimentTrial experiment, EvidenceOptions rules, Signature by)
    {
        var decided = experiment with { Status = ExperimentStatus.Decided, Decision = ExperimentDecisions.Of(experiment.Evidence, rules) };
        return new() { Number = experiment.Number, Decision = decided.Decision, Reason = ExperimentWords.Report(decided, rules).Summary, At = by.At, Author = by.Author };
    }
}
