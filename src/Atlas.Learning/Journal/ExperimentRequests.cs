using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Injection;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>What follows from a person's request about an experiment. Pure.</summary>
public static class ExperimentRequests
{
    /// <summary>Estimates what an experiment needs.</summary>
    /// <inheritdoc cref="Start"/>
    public static ExperimentNeed Plan(LearningKeyState state, ExperimentPlan plan, ServedPlaybook? first, ServedPlaybook? other, LearningOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Start(state, plan, first, other, options, new Signature("plan", default));
        return ExperimentWords.Needed(plan, state.Trials?.Evidence.Learning.Variance ?? SessionsNeeded.LargestVariance, state.Trials?.Rules ?? options.Evidence);
    }

    /// <summary>Starts an experiment.</summary>
    /// <param name="state">The key.</param>
    /// <param name="plan">What to compare.</param>
    /// <param name="first">The content of the first arm's version; null if the arms do not differ in versions.</param>
    /// <param name="other">The content of the new arm's version.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="by">Who starts it, when and why.</param>
    /// <exception cref="RefusedException">The plan breaks a rule, or the key cannot run the experiment now.</exception>
    public static Decision<bool> Start(
        LearningKeyState state, ExperimentPlan plan, ServedPlaybook? first, ServedPlaybook? other, LearningOptions options, Signature by)
    {
        DemandStart(state, plan, options);
        if (plan.NewVersion is not null)
        {
            DemandVersions(state, first, other, options);
        }

        var sha = plan.Entry is { } entry ? DemandGiven(state, entry, options) : null;
        return new([.. EvidenceDecisions.Rules(state, options, by), Started(state, plan, first, other, by, sha)], true);
    }

    internal static ExperimentStarted Started(
        LearningKeyState state, ExperimentPlan plan, ServedPlaybook? first, ServedPlaybook? other, Signature by, string? sha = null) => new()
    {
        Number = (state.Trials?.ExperimentsStarted ?? 0) + 1,
        Plan = plan,
        Sha = sha,
        FirstArm = plan.NewVersion is null ? null : Bare(first),
        NewArm = plan.NewVersion is null ? null : Bare(other),
        Reason = by.Reason,
        At = by.At,
        Author = by.Author,
    };

    /// <summary>Checks the plan, and that the key could start any experiment now.</summary>
    /// <exception cref="RefusedException">The plan breaks a rule, or the key cannot run an experiment now.</exception>
    internal static void DemandStart(LearningKeyState state, ExperimentPlan plan, LearningOptions options)
    {
        ArgumentNullException.ThrowIfNull(state);
        Demand(plan);
        StagingDecisions.DemandNotFrozen(state);
        if (!options.Evidence.Enabled || !options.Enabled)
        {
            throw new RefusedException($"An experiment cannot draw sessions while {(options.Enabled ? "learning.evidence.enabled" : "learning.enabled")} is false. Set it to true, then start the experiment.");
        }

        if (state.Trials?.Evidence.Experiment is { } running)
        {
            throw new RefusedException(FormattableString.Invariant(
                $"Experiment {running.Number} ({running.Plan.Arms}) {(running.IsRunning ? "is running" : "is decided and waits to be concluded")}. A key can have one experiment at a time; conclude or stop this one first."));
        }

        if (plan.Configuration?.Synthesizer is not null)
        {
            SynthesizerExperiments.Demand(state);
        }
    }

    /// <summary>Ends an experiment without consequences.</summary>
    /// <exception cref="RefusedException">It is neither running nor waiting to be concluded.</exception>
    public static Decision<bool> Stop(LearningKeyState state, int number, Signature by)
    {
        var (experiment, rules) = Demand(state, number);
        return new([ExperimentConclusions.Ended(experiment, ExperimentStatus.Stopped, experiment.Verdict(rules), by)], true);
    }

    /// <summary>Ends an experiment by its verdict: the better version becomes current, a harmful entry is withdrawn. Nothing follows if the
    /// arms are equivalent. A configuration belongs to the caller, who draws the consequence.</summary>
    /// <param name="state">The key.</param>
    /// <param name="number">The experiment.</param>
    /// <param name="versions">Both versions of the experiment; empty if its arms do not differ in versions.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="by">Who concludes it, when and why.</param>
    /// <exception cref="RefusedException">It has no verdict yet, or the key cannot change.</exception>
    public static Decision<bool> Conclude(LearningKeyState state, int number, ImmutableArray<ServedPlaybook> versions, LearningOptions options, Signature by)
    {
        var (experiment, rules) = Demand(state, number);
        var verdict = experiment.Verdict(rules);
        if (verdict is ExperimentDecision.GoOn)
        {
            throw new RefusedException($"Experiment {number} has no verdict yet, so it cannot be concluded. {ExperimentWords.Report(experiment, rules).Summary} Stop it to end it without one.");
        }

        var ended = ExperimentConclusions.Ended(experiment, ExperimentStatus.Concluded, verdict, by);
        var after = LearningKeyFold.Apply(state, ended with { Sequence = state.Revision + 1 });
        var reason = by with { Reason = FormattableString.Invariant($"experiment {number}: {ExperimentWords.Report(experiment, rules).Summary}") };
        var follows = experiment.Plan switch
        {
            { Configuration: null, NewVersion: { } other, FirstVersion: { } first } when verdict is not ExperimentDecision.Equivalent => Make(after, versions, verdict is ExperimentDecision.Better ? other : first, options, reason),
            { Entry: { } entry } when verdict is ExperimentDecision.Worse => StandingDecisions.Condemn(after, entry, experiment.Sha, options, reason),
            _ => new([], false),
        };
        return new([ended, .. follows.Events], true);
    }

    private static Decision<bool> Make(LearningKeyState state, ImmutableArray<ServedPlaybook> versions, int winner, LearningOptions options, Signature by)
    {
        if (state.Trials?.Evidence.Canary is { } canary && canary.Version.Number == winner)
        {
            // The question of its own trial is answered.
            return new(
                [
                    new CanaryConcluded
                    {
                        Decision = CanaryDecision.Promote,
                        Version = winner,
                        Parent = canary.Parent.Number,
                        Effect = canary.Evidence.Effect,
                        Shown = canary.Evidence.Shown,
                        Held = canary.Evidence.Held,
                        Reason = by.Reason,
                        At = by.At,
                        Author = by.Author,
                    },
                ],
                true);
        }

        var current = CurrentPlaybook.Of(state, options);
        return current.Version == winner && current.ReachesPrompts && state.Trials?.Evidence.Canary is null
            ? new([], false)
            : LearningKeyDecisions.Rollback(state, winner, versions.First(version => version.Version == winner).Playbook, options, by);
    }

    private static (ExperimentTrial Experiment, EvidenceOptions Rules) Demand(LearningKeyState state, int number) =>
        state.Trials is { Evidence.Experiment: { } experiment } trials && experiment.Number == number
            ? (experiment, trials.Rules)
            : throw new RefusedException(number >= 1 && number <= (state.Trials?.ExperimentsStarted ?? 0)
                ? $"Experiment {number} of this learning key has already ended."
                : $"This learning key has no experiment {number}; {(state.Trials?.ExperimentsStarted is > 0 and var last ? $"the last one is {last}" : "none was ever started")}.");

    private static void Demand(ExperimentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var asked = (plan.NewVersion is null ? 0 : 1) + (plan.Entry is null ? 0 : 1) + (plan.Configuration is null ? 0 : 1);
        if (asked != 1 || plan.FirstVersion is null != plan.NewVersion is null)
        {
            throw new RefusedException("The arms of an experiment must differ in exactly one thing: the version, one entry, or the configuration.");
        }

        if (!(plan.Share >= ExperimentPlan.SmallestShare && plan.Share <= 1 - ExperimentPlan.SmallestShare))
        {
            throw new RefusedException(FormattableString.Invariant($"The share of the new arm must be from {ExperimentPlan.SmallestShare} to {1 - ExperimentPlan.SmallestShare}; it is {plan.Share}."));
        }

        if (plan.MaxSessions is < 2)
        {
            throw new RefusedException("An experiment needs at least 2 sessions.");
        }

        if (!(plan.Difference >= 0.001 && plan.Difference <= 1))
        {
            throw new RefusedException(FormattableString.Invariant($"The difference to detect must be from 0.001 to 1 of reward; it is {plan.Difference}."));
        }

        if (plan.Configuration is { } configuration)
        {
            ArmRules.Demand(configuration);
        }
    }

    private static void DemandVersions(LearningKeyState state, ServedPlaybook? first, ServedPlaybook? other, LearningOptions options)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(other);
        StagingDecisions.DemandNotPinned(state);
        StagingDecisions.DemandNoLeak(first.Playbook, options);
        StagingDecisions.DemandNoLeak(other.Playbook, options);
        var evidence = state.Trials?.Evidence ?? KeyEvidence.None;
        if (EvidenceDecisions.Treatment(first.Playbook, evidence, options.Evidence) == EvidenceDecisions.Treatment(other.Playbook, evidence, options.Evidence))
        {
            throw new RefusedException(FormattableString.Invariant($"Version {first.Version} and version {other.Version} give sessions the same text, so there is nothing to compare."));
        }
    }

    /// <summary>Returns the hash of the words in which sessions get an entry.</summary>
    private static string DemandGiven(LearningKeyState state, string entry, LearningOptions options)
    {
        // The current version says it; with a version on trial, or on a staged key, another one can.
        var given = CurrentPlaybook.Of(state, options).Playbook.Entries;
        var known = (given.IsDefault ? [] : given).Where(EntryOrder.IsRendered).Concat(EvidenceDecisions.Known(state)).FirstOrDefault(each => EntryIds.Of(each) == entry)
            ?? throw new RefusedException($"No version of the playbook in use has an entry '{entry}'. `atlas playbook show KEY` lists the entries.");
        var sha = EvidenceDecisions.Sha(known);
        var standing = state.Trials?.Evidence.Find(entry, sha)?.State ?? EntryTrialState.Tolerated;
        return standing.IsRendered
            ? sha
            : throw new RefusedException($"Sessions do not get the entry '{entry}': it is {EffectWords.Standing(standing)}. Put it on trial with `atlas playbook try KEY {entry}`.");
    }

    private static ServedPlaybook? Bare(ServedPlaybook? version) => version is null ? null : version with { Playbook = LearningKeyFold.WithoutMetadata(version.Playbook) };
}
