using System.Collections.Immutable;
using Atlas.Domain.Experiments;
using Atlas.Learning.Evidence;
using Atlas.Learning.Playbooks;

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

    /// <summary>Whether an experiment is about an entry that no session gets any more: its trial is over, or no version in use says
    /// it.</summary>
    /// <param name="state">The key.</param>
    /// <param name="evidence">Its trials.</param>
    /// <param name="experiment">The experiment.</param>
    internal static bool HasLostItsEntry(LearningKeyState state, KeyEvidence evidence, ExperimentTrial experiment) =>
        experiment is { IsRunning: true, Plan.Entry: { } entry }
        && !EvidenceDecisions.Known(state).Where(known => EntryIds.Of(known) == entry).Select(EvidenceDecisions.Sha)
            .Any(sha => experiment.IsAbout(entry, sha) && evidence.Find(entry, sha)?.State.IsFinal is not true);

    internal static ExperimentDecided Decided(ExperimentTrial experiment, EvidenceOptions rules, Signature by, bool hasLostItsEntry = false)
    {
        var why = hasLostItsEntry ? $"Sessions do not get the entry {experiment.Plan.Entry} any more. " : "";
        var decided = experiment with { Status = ExperimentStatus.Decided, Decision = ExperimentDecisions.Of(experiment.Evidence, rules) };
        return new() { Number = experiment.Number, Decision = decided.Decision, Reason = why + ExperimentWords.Report(decided, rules).Summary, At = by.At, Author = by.Author };
    }
}
