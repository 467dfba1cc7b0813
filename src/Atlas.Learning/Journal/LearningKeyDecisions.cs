using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Injection;
using Atlas.Learning.Leaks;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>What follows from the commands on sessions, switches and versions. Pure: time and options come in.</summary>
/// <remarks>What follows from a synthesis: <see cref="SynthesisDecisions"/>.</remarks>
public static class LearningKeyDecisions
{
    /// <summary>Counts a finished session, unless it was counted before.</summary>
    /// <param name="state">The key.</param>
    /// <param name="standing">What is known of the session; see <see cref="LearningKeyState.StandingOf"/>.</param>
    /// <param name="outcome">The session.</param>
    /// <param name="teaches">Whether it may feed the synthesizer.</param>
    /// <param name="options">Whether usage is tracked, and whether playbooks reach the prompts.</param>
    /// <param name="drift">How many rewards the baseline holds.</param>
    /// <param name="by">Who says so, and when.</param>
    /// <param name="isLateReward">Whether the reward came after the end of the session.</param>
    public static Decision<SessionStanding> Observe(
        LearningKeyState state,
        SessionStanding standing,
        SessionOutcome outcome,
        bool teaches,
        LearningOptions options,
        DriftOptions drift,
        Signature by,
        bool isLateReward = false)
    {
        if (standing is not SessionStanding.Unknown || state.HasForgotten(outcome.SessionId))
        {
            return new([], standing);
        }

        var observed = new SessionObserved
        {
            SessionId = outcome.SessionId,
            Outcome = outcome,
            Teaches = teaches,
            CountsForImpact = CountsForImpact(state, options),
            RewardWindow = drift.Window,
            IsLateReward = isLateReward,
            At = by.At,
            Author = by.Author,
        };
        return new(WithEvidence(state, observed, outcome, options, by, isLate: false), teaches ? SessionStanding.Applied : SessionStanding.Observed);
    }

    internal static bool CountsForImpact(LearningKeyState state, LearningOptions options) =>
        options.UsageTracking.Enabled && CurrentPlaybook.Of(state, options).ReachesPrompts;

    internal static ImmutableArray<LearningKeyEvent> WithEvidence(
        LearningKeyState state, LearningKeyEvent counted, SessionOutcome outcome, LearningOptions options, Signature by, bool isLate)
    {
        ImmutableArray<LearningKeyEvent> events = [.. EvidenceDecisions.Rules(state, options, by), counted];
        var trials = events.Length == 1 ? state.Trials : LearningKeyFold.Apply(state, events[0] with { Sequence = state.Revision + 1 }).Trials;
        return trials is null
            ? events
            : [.. events, .. EvidenceDecisions.Counted(state, trials, outcome, () => After(state, events), options, by.At, isLate)];
    }

    private static LearningKeyState After(LearningKeyState state, IEnumerable<LearningKeyEvent> events) =>
        events.Aggregate(state, (before, next) => LearningKeyFold.Apply(before, next with { Sequence = before.Revision + 1 }));

    /// <summary>Lets an approved session teach, and keeps a quarantined one that still waits from teaching. The evidence of a quarantined
    /// session is taken out, and put back when another status follows.</summary>
    /// <param name="state">The key.</param>
    /// <param name="standing">What is known of the session.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="status">Its new status.</param>
    /// <param name="mayTeach">Whether it may feed the synthesizer by it.</param>
    /// <param name="by">Who says so, and when.</param>
    /// <param name="outcome">What the key was told when it was counted; null leaves the evidence as it is.</param>
    /// <exception cref="RefusedException">The session was never counted here.</exception>
    public static Decision<SessionStanding> Review(
        LearningKeyState state, SessionStanding standing, long sessionId, ReviewStatus status, bool mayTeach, Signature by, SessionOutcome? outcome = null)
    {
        if (state.HasForgotten(sessionId))
        {
            return new([], standing);
        }

        if (standing is SessionStanding.Unknown)
        {
            throw new RefusedException(
                $"Session {sessionId} has not been counted by this learning key; only a finished session can be reviewed for learning.");
        }

        var teaches = mayTeach && standing is SessionStanding.Observed;
        var withdrawn = !mayTeach && state.Pending.Contains(sessionId);
        var forgotten = status is ReviewStatus.Quarantined && state.Rewards.Samples.Any(sample => sample.SessionId == sessionId);
        var evidence = outcome is null ? null : Move(state, outcome, status is ReviewStatus.Quarantined);
        if (!teaches && !withdrawn && !forgotten && evidence is null)
        {
            return new([], standing);
        }

        var after = teaches ? SessionStanding.Applied : withdrawn ? SessionStanding.Observed : standing;
        var reviewed = new SessionReviewed
        {
            Applied = after is SessionStanding.Applied,
            SessionId = sessionId,
            Status = status,
            Teaches = teaches,
            Withdrawn = withdrawn,
            Evidence = evidence,
            Note = by.Reason,
            At = by.At,
            Author = by.Author,
        };
        return new([reviewed], after);
    }

    private static EvidenceMove? Move(LearningKeyState state, SessionOutcome outcome, bool quarantined)
    {
        if (state.Trials is not { } trials || outcome.Assignment is not { } assignment || KeyTrials.Observed(outcome) is not { } reward
            || trials.Counted.Contains(outcome.SessionId) is false)
        {
            return null;
        }

        var isOut = trials.TakenOut.Contains(outcome.SessionId) is true;
        return isOut == quarantined ? null : new EvidenceMove(assignment, reward, Back: isOut);
    }

    public static Decision<bool> Freeze(LearningKeyState state, Signature by) => state.Frozen is not null
        ? new([], false)
        : new([new KeyFrozen { Reason = by.Reason, At = by.At, Author = by.Author }], true);

    public static Decision<bool> Unfreeze(LearningKeyState state, Signature by) => state.Frozen is null
        ? new([], false)
        : new([new KeyUnfrozen { Reason = by.Reason, At = by.At, Author = by.Author }], true);

    /// <summary>Makes what an earlier version said current again, with the impact counted since; on a staged key, too, where
    /// a version had reached the prompts.</summary>
    /// <param name="state">The key.</param>
    /// <param name="version">The version to go back to.</param>
    /// <param name="archived">What it said.</param>
    /// <param name="options">For the hashes of what is injected.</param>
    /// <param name="by">Who asks, when and why.</param>
    /// <exception cref="RefusedException">The key is frozen or pinned, or the version holds an answer of <c>learning.leak_guard</c>.</exception>
    public static Decision<bool> Rollback(
        LearningKeyState state, int version, LearnedPlaybook archived, LearningOptions options, Signature by)
    {
        StagingDecisions.DemandNotFrozen(state);
        StagingDecisions.DemandNotPinned(state);
        var restored = archived with
        {
            Entries = EntryImpacts.Carry(archived.Entries, state, by.At),

            // What was evaluated, pruned and refused meanwhile stays true.
            Metadata = state.Playbook.Metadata,
        };
        var reason = by.Reason is null ? $"to version {version}" : $"to version {version}: {by.Reason}";
        by = by with { Reason = reason };
        var replaced = Replace(state, restored, PlaybookCause.Rollback, options, by);
        if (state.Served is not { } served)
        {
            return replaced;
        }

        // On a staged key the newest version may say this already, and only not be the one that is served.
        if (replaced.Events.IsEmpty && PlaybookContentHash.Compute(served.Playbook) == state.ContentSha256)
        {
            return replaced;
        }

        var newest = replaced.Events is [.., PlaybookChanged changed]
            ? new ServedPlaybook(changed.Version, changed.At, restored)
            : new ServedPlaybook(state.Version, state.UpdatedAt, state.Playbook);
        var promoted = StagingDecisions.Promoted(state, newest, CurrentPlaybook.Of(state, options), by);
        return new([.. replaced.Events, promoted], true);
    }

    /// <summary>Makes a playbook from outside the newest version: current at once, or a candidate on a staged or pinned key.</summary>
    /// <param name="state">The key.</param>
    /// <param name="imported">The playbook.</param>
    /// <param name="cause"><see cref="PlaybookCause.Import"/> or <see cref="PlaybookCause.Edit"/>.</param>
    /// <param name="options">For the hashes of what is injected.</param>
    /// <param name="by">Who asks, when and why.</param>
    /// <exception cref="RefusedException">The key is frozen, or the playbook holds an answer of <c>learning.leak_guard</c>.</exception>
    public static Decision<bool> Import(
        LearningKeyState state, LearnedPlaybook imported, PlaybookCause cause, LearningOptions options, Signature by)
    {
        var playbook = Carried(state, imported, by);
        if (!playbook.IsRendered && !playbook.Entries.IsEmpty && PlaybookContentHash.Compute(playbook) != state.ContentSha256)
        {
            // Else sessions would not be told its entries before the next synthesis, unless the text happens to say them.
            playbook = RenderedForm.Of(playbook, [], [], []);
        }

        return Replace(state, playbook, cause, options, by);
    }

    /// <summary>Makes what the original had learned the first version, its text as it was written, so that its hash stays.</summary>
    /// <inheritdoc cref="Import"/>
    public static Decision<bool> TakeOver(LearningKeyState state, LearnedPlaybook imported, LearningOptions options, Signature by) =>
        Replace(state, Carried(state, imported, by), PlaybookCause.Import, options, by);

    private static LearnedPlaybook Carried(LearningKeyState state, LearnedPlaybook imported, Signature by) => imported with
    {
        Entries = EntryImpacts.Carry(imported.Entries, state, by.At),
        Metadata = imported.Metadata.IsEmpty ? state.Playbook.Metadata : imported.Metadata,
    };

    private static Decision<bool> Replace(
        LearningKeyState state, LearnedPlaybook playbook, PlaybookCause cause, LearningOptions options, Signature by)
    {
        StagingDecisions.DemandNotFrozen(state);
        StagingDecisions.DemandNoLeak(playbook, options);
        playbook = LeakGuard.Of(options.LeakGuard).Clean(playbook);
        var changed = PlaybookVersions.Next(state, playbook, cause, [], options, by);
        return changed.ContentSha256 == state.ContentSha256 ? new([], false) : new([.. EvidenceDecisions.Rules(state, options, by), changed], true);
    }
}
