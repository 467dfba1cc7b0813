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

    /// <summary>Returns the end of a running experiment whose versions would overrule a person's choice of a version; none without
    /// one. The choice must reach all sessions at once.</summary>
    /// <param name="state">The key.</param>
    /// <param name="choice">What the person chose.</param>
    /// <param name="by">Who chose it, and when.</param>
    internal static ImmutableArray<LearningKeyEvent> Overruled(LearningKeyState state, string choice, Signature by) =>
        state.Trials is { Evidence.Experiment: { IsRunning: true, Plan.NewVersion: not null } running } trials
            ? [Ended(running, ExperimentStatus.Stopped, running.Verdict(trials.Rules), by with { Reason = choice })]
            : [];

    internal static ExperimentEnded Ended(ExperimentTrial experiment, ExperimentStatus status, ExperimentDecision verdict, Signature by) =>
        new() { Number = experiment.Number, Status = status, Decision = verdict, Reason = by.Reason, At = by.At, Author = by.Author };

    internal static ExperimentDecided Decided(ExperimentTrial experiment, EvidenceOptions rules, Signature by)
    {
        var decided = experiment with { Status = ExperimentStatus.Decided, Decision = ExperimentDecisions.Of(experiment.Evidence, rules) };
        return new() { Number = experiment.Number, Decision = decided.Decision, Reason = ExperimentWords.Report(decided, rules).Summary, At = by.At, Author = by.Author };
    }
}
