using Atlas.Domain;
using Atlas.Domain.Experiments;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Leaks;
using Atlas.Learning.Options;
using Atlas.Learning.Synthesis;

namespace Atlas.Learning.Journal;

/// <summary>Starts an experiment that compares two synthesizers. Both are shown the same sessions and the same playbook; each makes a
/// version, and the arms get those versions, unchanged until the end. Pure.</summary>
public static class SynthesizerExperiments
{
    /// <summary>Starts the experiment with both answers.</summary>
    /// <param name="state">The key now.</param>
    /// <param name="plan">The plan; its configuration names the other synthesizer.</param>
    /// <param name="own">What the key's own synthesizer proposes.</param>
    /// <param name="other">What the other one proposes.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="by">Who starts it, when and why.</param>
    /// <returns>The two versions, a third that leaves current what was current before, and the start.</returns>
    /// <exception cref="RefusedException">One of them proposes nothing, both propose the same, or the key cannot run the experiment now.</exception>
    public static Decision<bool> Start(
        LearningKeyState state, ExperimentPlan plan, SynthesisProposal own, SynthesisProposal other, LearningOptions options, Signature by)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(options);
        ExperimentRequests.DemandStart(state, plan, options);
        if (state.Version != own.Snapshot.Version || state.Forgetting?.Sequence > own.Snapshot.Revision)
        {
            throw new RefusedException("The playbook changed while the synthesizers were asked. Start the experiment again.");
        }

        if (SynthesisDecisions.SawQuarantined(state, own) || SynthesisDecisions.SawQuarantined(state, other))
        {
            throw new RefusedException("A session that the synthesizers were shown was quarantined while they were asked. Start the experiment again.");
        }

        var number = (state.Trials?.ExperimentsStarted ?? 0) + 1;
        var rules = EvidenceDecisions.Rules(state, options, by);
        var key = After(state, rules);
        var first = Version(key, state.Playbook, own, number, options, by);
        key = After(key, [first]);
        var second = Version(key, state.Playbook, other, number, options, by);
        key = After(key, [second]);

        // Nothing becomes current by being compared.
        var back = PlaybookVersions.Next(
            key, state.Playbook, PlaybookCause.Rollback, [], options, by with { Reason = FormattableString.Invariant($"to version {state.Version}, while experiment {number} compares versions {first.Version} and {second.Version}") });
        key = After(key, [back]);
        var trials = key.Trials!;
        if (EvidenceDecisions.Treatment(first.Playbook, trials.Evidence, options.Evidence) == EvidenceDecisions.Treatment(second.Playbook, trials.Evidence, options.Evidence))
        {
            throw new RefusedException($"The synthesizers {own.Synthesizer} and {other.Synthesizer} make versions that give sessions the same text, so there is nothing to compare. Entries that too few tasks support (learning.quorum) reach no session.");
        }

        var compared = plan with { FirstVersion = first.Version, NewVersion = second.Version };
        return new(
            [.. rules, first, second, back, ExperimentRequests.Started(key, compared, Served(first), Served(second), by)],
            true);
    }

    internal static void Demand(LearningKeyState state)
    {
        StagingDecisions.DemandNotPinned(state);
        if (state.Trials?.Evidence.Canary is { } canary)
        {
            throw new RefusedException(FormattableString.Invariant(
                $"Version {canary.Version.Number} is on trial. Wait until it is promoted or rolled back, or roll back to the version that is to stay, then start the experiment."));
        }
    }

    private static PlaybookChanged Version(LearningKeyState key, LearnedPlaybook current, SynthesisProposal proposal, int number, LearningOptions options, Signature by)
    {
        var result = SynthesisAcceptance.Apply(proposal.Snapshot.Playbook, current, proposal.Answer, proposal.Context.With(key.Trials));
        if (!result.Accepted || proposal.Silence is not null)
        {
            throw new RefusedException($"The synthesizer {proposal.Synthesizer} made no version that could be compared: {result.Reason ?? proposal.Silence ?? "it proposed nothing"}");
        }

        if (LeakGuard.Of(options.LeakGuard).Objection(result.Playbook) is { } leak)
        {
            throw new RefusedException($"The synthesizer {proposal.Synthesizer} wrote an answer to an evaluation: {leak}.");
        }

        return PlaybookVersions.Next(
            key,
            result.Playbook,
            PlaybookCause.Synthesis,
            [.. proposal.Evidence.Concat(proposal.SessionIds).Distinct().Order()],
            options,
            new Signature($"synthesizer:{proposal.Synthesizer}", by.At, FormattableString.Invariant($"for experiment {number}")),
            proposal.Support is { } seen ? seen with { Cited = result.Cited } : null);
    }

    private static ServedPlaybook Served(PlaybookChanged version) => new(version.Version, version.At, version.Playbook);

    private static LearningKeyState After(LearningKeyState state, IEnumerable<LearningKeyEvent> events) =>
        events.Aggregate(state, (before, next) => LearningKeyFold.Apply(before, next with { Sequence = before.Revision + 1 }));
}
