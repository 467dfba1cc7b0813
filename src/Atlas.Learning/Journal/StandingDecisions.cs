using System.Collections.Immutable;
using Atlas.Learning.Evidence;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>What follows from a person's decision on an entry. Pure.</summary>
public static class StandingDecisions
{
    /// <summary>Puts an entry on trial: a candidate without waiting for a quorum, one found harmful or of no use from the
    /// beginning.</summary>
    /// <param name="state">The key.</param>
    /// <param name="entry">The entry's id.</param>
    /// <param name="options">The bounds in force.</param>
    /// <param name="by">Who asks, when and why.</param>
    /// <exception cref="RefusedException">No version in use has such an entry, or trials are off.</exception>
    public static Decision<bool> Try(LearningKeyState state, string entry, LearningOptions options, Signature by) =>
        Set(state, entry, EntryTrialState.OnTrial, options, by);

    /// <summary>Withholds an entry from every session from the next one on. Its words do not return.</summary>
    /// <inheritdoc cref="Try"/>
    public static Decision<bool> Withdraw(LearningKeyState state, string entry, LearningOptions options, Signature by) =>
        Set(state, entry, EntryTrialState.Withdrawn, options, by);

    /// <summary>Withholds an entry that an experiment found harmful, in the words that it was about; other words were not tried.</summary>
    /// <param name="state">The key.</param>
    /// <param name="entry">The entry's id.</param>
    /// <param name="sha">The hash of the words; null for all words under this id.</param>
    /// <param name="options">The bounds in force.</param>
    /// <param name="by">Who asks, when and why.</param>
    internal static Decision<bool> Condemn(LearningKeyState state, string entry, string? sha, LearningOptions options, Signature by) =>
        EvidenceDecisions.Known(state).Any(known => EntryIds.Of(known) == entry && (sha ?? EvidenceDecisions.Sha(known)) == EvidenceDecisions.Sha(known))
            ? Set(state, entry, EntryTrialState.Withdrawn, options, by, sha)
            : new([], false);

    private static Decision<bool> Set(LearningKeyState state, string entry, EntryTrialState to, LearningOptions options, Signature by, string? words = null)
    {
        StagingDecisions.DemandNotFrozen(state);
        if (!options.Evidence.Enabled)
        {
            throw new RefusedException("Entries are not on trial while learning.evidence.enabled is false: every session gets all of them. Set it to true, or remove the entry by editing the playbook.");
        }

        var named = EvidenceDecisions.Known(state).Where(known => EntryIds.Of(known) == entry).ToList();
        if (named.Count == 0)
        {
            throw new RefusedException($"No version of the playbook in use has an entry '{entry}'. `atlas playbook show KEY` lists the entries.");
        }

        var evidence = state.Trials?.Evidence ?? KeyEvidence.None;
        ImmutableArray<LearningKeyEvent> changes =
        [
            .. named
                .Select(known => EvidenceDecisions.Sha(known))
                .Where(sha => words is null || sha == words)
                .Select(sha => new StandingChange(entry, sha, evidence.Find(entry, sha)?.State ?? EntryTrialState.Tolerated, to))
                .Where(change => change.From != change.To)
                .Select(change => new EntryStandingSet { Entry = EvidenceDecisions.Judgement(state, change), Trial = NumberOf(change, state.Trials), Reason = by.Reason, At = by.At, Author = by.Author }),
        ];
        return changes.IsEmpty ? new([], false) : new([.. EvidenceDecisions.Rules(state, options, by), .. changes, .. WithoutExperiment(state, changes, by)], true);
    }

    private static IEnumerable<ExperimentDecided> WithoutExperiment(LearningKeyState state, ImmutableArray<LearningKeyEvent> changes, Signature by)
    {
        var after = changes.Aggregate(state, (before, next) => LearningKeyFold.Apply(before, next with { Sequence = before.Revision + 1 }));
        return after.Trials is { Evidence: { Experiment: { } experiment } evidence } trials && ExperimentConclusions.HasLostItsEntry(after, evidence, experiment)
            ? [ExperimentConclusions.Decided(experiment, trials.Rules, by, hasLostItsEntry: true)]
            : [];
    }

    // A session drawn in the earlier trial must neither count in the new one nor be taken out of it.
    private static long? NumberOf(StandingChange change, KeyTrials? trials)
    {
        if (trials is null)
        {
            return null;
        }

        return trials.Evidence.Find(change.Entry, change.Sha) is not { } trial ? trials.NextNumber is > 0 and var number ? number : null
            : trial.State.IsFinal && !change.To.IsFinal ? trials.NextNumber + 1
            : null;
    }
}
