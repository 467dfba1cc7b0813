using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>What follows from a person's word on an experiment. Pure.</summary>
public static class ExperimentRequests
{
    /// <summary>Starts an experiment.</summary>
    /// <param name="state">The key.</param>
    /// <param name="plan">What is held against what.</param>
    /// <param name="first">What the first arm's version says; null where the arms do not differ in versions.</param>
    /// <param name="other">What the new arm's version says.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="by">Who starts it, when and why.</param>
    /// <exception cref="RefusedException">The plan breaks a rule, or the key cannot have the experiment now.</exception>
    public static Decision<bool> Start(
        LearningKeyState state, ExperimentPlan plan, ServedPlaybook? first, ServedPlaybook? other, LearningOptions options, Signature by)
    {
        ArgumentNullException.ThrowIfNull(state);
        Demand(plan);
        StagingDecisions.DemandNotFrozen(state);
        if (!options.Evidence.Enabled || !options.Enabled)
        {
            throw new RefusedException($"No session can be drawn while {(options.Enabled ? "learning.evidence.enabled" : "learning.enabled")} is false. Set it to true, then start the experiment.");
        }

        if (state.Trials?.Evidence.Experiment is { } running)
        {
            throw new RefusedException(FormattableString.Invariant(
                $"Experiment {running.Number} ({running.Plan.Arms}) {(running.IsRunning ? "is running" : "is decided and waits to be concluded")}; a key has one at a time. Conclude or stop it first."));
        }

        if (plan.NewVersion is not null)
        {
            DemandVersions(state, first, other, options);
        }
        else if (plan.Entry is { } entry)
        {
            DemandGiven(state, entry);
        }

        var started = new ExperimentStarted
        {
            Number = (state.Trials?.ExperimentsStarted ?? 0) + 1,
            Plan = plan,
            FirstArm = plan.NewVersion is null ? null : Bare(first),
            NewArm = plan.NewVersion is null ? null : Bare(other),
            Reason = by.Reason,
            At = by.At,
            Author = by.Author,
        };
        return new([.. EvidenceDecisions.Rules(state, options, by), started], true);
    }

    /// <summary>Ends an experiment without a consequence.</summary>
    /// <exception cref="RefusedException">It does not run, or does not wait.</exception>
    public static Decision<bool> Stop(LearningKeyState state, int number, Signature by)
    {
        var (experiment, rules) = Demand(state, number);
        return new([Ended(experiment, ExperimentStatus.Stopped, experiment.Verdict(rules), by)], true);
    }

    /// <summary>Ends an experiment by its verdict: the better version becomes current, a harmful entry is withdrawn. A configuration is
    /// the caller's own, and so is what follows for it.</summary>
    /// <param name="state">The key.</param>
    /// <param name="number">The experiment.</param>
    /// <param name="versions">Both versions of the experiment; empty where its arms do not differ in versions.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="by">Who concludes it, when and why.</param>
    /// <exception cref="RefusedException">It has no verdict yet, or the key may not change.</exception>
    public static Decision<bool> Conclude(LearningKeyState state, int number, ImmutableArray<ServedPlaybook> versions, LearningOptions options, Signature by)
    {
        var (experiment, rules) = Demand(state, number);
        var verdict = experiment.Verdict(rules);
        if (verdict is ExperimentDecision.GoOn)
        {
            throw new RefusedException($"Experiment {number} has no verdict to conclude from. {ExperimentWords.Report(experiment, rules).Summary} Stop it to end it without one.");
        }

        var ended = Ended(experiment, ExperimentStatus.Concluded, verdict, by);
        var after = LearningKeyFold.Apply(state, ended with { Sequence = state.Revision + 1 });
        var reason = by with { Reason = FormattableString.Invariant($"experiment {number}: {ExperimentWords.Report(experiment, rules).Summary}") };
        var follows = experiment.Plan switch
        {
            { NewVersion: { } other, FirstVersion: { } first } => Make(after, versions, verdict is ExperimentDecision.Better ? other : first, options, reason),
            { Entry: { } entry } when verdict is ExperimentDecision.Worse => StandingDecisions.Withdraw(after, entry, options, reason),
            _ => new([], false),
        };
        return new([ended, .. follows.Events], true);
    }

    private static Decision<bool> Make(LearningKeyState state, ImmutableArray<ServedPlaybook> versions, int winner, LearningOptions options, Signature by)
    {
        if (state.Trials?.Evidence.Canary is { } canary && canary.Version.Number == winner)
        {
            // What its own trial asks is answered.
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

    private static ExperimentEnded Ended(ExperimentTrial experiment, ExperimentStatus status, ExperimentDecision verdict, Signature by) =>
        new() { Number = experiment.Number, Status = status, Decision = verdict, Reason = by.Reason, At = by.At, Author = by.Author };

    private static (ExperimentTrial Experiment, EvidenceOptions Rules) Demand(LearningKeyState state, int number) =>
        state.Trials is { Evidence.Experiment: { } experiment } trials && experiment.Number == number
            ? (experiment, trials.Rules)
            : throw new RefusedException(number >= 1 && number <= (state.Trials?.ExperimentsStarted ?? 0)
                ? $"Experiment {number} of this learning key is over already."
                : $"This learning key has no experiment {number}; {(state.Trials?.ExperimentsStarted is > 0 and var last ? $"the last one is {last}" : "none was ever started")}.");

    private static void Demand(ExperimentPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var asked = (plan.NewVersion is null ? 0 : 1) + (plan.Entry is null ? 0 : 1) + (plan.Configuration is null ? 0 : 1);
        if (asked != 1 || plan.FirstVersion is null != plan.NewVersion is null)
        {
            throw new RefusedException("The arms of an experiment differ in exactly one thing: two versions, one entry, or a configuration.");
        }

        if (!(plan.Share >= ExperimentPlan.SmallestShare && plan.Share <= 1 - ExperimentPlan.SmallestShare))
        {
            throw new RefusedException(FormattableString.Invariant($"The share of the new arm lies from {ExperimentPlan.SmallestShare} to {1 - ExperimentPlan.SmallestShare}; it is not {plan.Share}."));
        }

        if (plan.MaxSessions is < 2)
        {
            throw new RefusedException("An experiment takes at least 2 sessions.");
        }

        if (!(plan.Difference >= 0.001 && plan.Difference <= 1))
        {
            throw new RefusedException(FormattableString.Invariant($"The difference worth seeing lies from 0.001 to 1 of reward; it is not {plan.Difference}."));
        }

        if (plan.Configuration is { } configuration)
        {
            Demand(configuration);
        }
    }

    private static void Demand(ArmSettings configuration)
    {
        if (!configuration.Names.Any())
        {
            throw new RefusedException("The configuration of the new arm sets nothing. Set at least one of injection_mode, model and system_prompt.");
        }

        if (configuration.Model is { } model && (string.IsNullOrWhiteSpace(model) || model.Length > 200))
        {
            throw new RefusedException("The model of the new arm is a name of up to 200 characters, not a blank.");
        }

        if (configuration.SystemPrompt is { } prompt && (string.IsNullOrWhiteSpace(prompt) || prompt.Length > ArmSettings.LongestPrompt))
        {
            throw new RefusedException($"The system prompt of the new arm is a text of up to {ArmSettings.LongestPrompt} characters, not a blank.");
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
            throw new RefusedException(FormattableString.Invariant($"Sessions would be told the same by version {first.Version} and version {other.Version}, so there is nothing to compare."));
        }
    }

    private static void DemandGiven(LearningKeyState state, string entry)
    {
        var known = EvidenceDecisions.Known(state).Where(each => EntryIds.Of(each) == entry).ToList();
        if (known.Count == 0)
        {
            throw new RefusedException($"No version of the playbook that is in use has an entry '{entry}'; `atlas playbook show KEY` lists those there are.");
        }

        var standing = known.Select(each => state.Trials?.Evidence.Find(entry, EvidenceDecisions.Sha(each))?.State ?? EntryTrialState.Tolerated).FirstOrDefault(each => !each.IsRendered, EntryTrialState.OnTrial);
        if (!standing.IsRendered)
        {
            throw new RefusedException($"No session is given the entry '{entry}': it is {EffectWords.Standing(standing)}. `atlas playbook try KEY {entry}` puts it on trial.");
        }
    }

    private static ServedPlaybook? Bare(ServedPlaybook? version) => version is null ? null : version with { Playbook = LearningKeyFold.WithoutMetadata(version.Playbook) };
}
