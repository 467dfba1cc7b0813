using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Domain.Playbooks;
using Atlas.Learning.Evidence;
using Atlas.Learning.Options;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Journal;

/// <summary>What follows from commands on sessions, switches and versions. Pure: time and options are parameters.</summary>
/// <remarks>For the consequences of a synthesis, see <see cref="SynthesisDecisions"/>.</remarks>
public static partial class LearningKeyDecisions
{
    /// <summary>Counts a finished session, unless it was counted before.</summary>
    /// <param name="state">The key.</param>
    /// <param name="standing">What is known about the session; see <see cref="LearningKeyState.StandingOf"/>.</param>
    /// <param name="outcome">The session.</param>
    /// <param name="teaches">Whether it can teach.</param>
    /// <param name="options">The options, for whether usage is tracked and whether playbooks reach prompts.</param>
    /// <param name="drift">The options, for the number of rewards in the baseline.</param>
    /// <param name="by">Who asks, and when.</param>
    /// <param name="isLateReward">Whether the reward arrived after the end of the session.</param>
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

        outcome = AuthorLimit.Limited(state.Trials, outcome, options);
        var observed = new SessionObserved
        {
            SessionId = outcome.SessionId,
            Outcome = outcome,
            Teaches = teaches,
            PendingLimit = teaches ? state.PendingLimit : 0,
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
        LearningKeyState state, LearningKeyEvent counted, SessionOutcome outcome, LearningOptions options, Signature by, bool isLate, EvidenceStanding? before = null)
    {
        ImmutableArray<LearningKeyEvent> events = [.. EvidenceDecisions.Rules(state, options, by), counted];
        var trials = events.Length == 1 ? state.Trials : LearningKeyFold.Apply(state, events[0] with { Sequence = state.Revision + 1 }).Trials;
        return trials is null
            ? events
            : [.. events, .. EvidenceDecisions.Counted(state, trials, outcome, () => After(state, events), options, by.At, isLate, before)];
    }

    private static LearningKeyState After(LearningKeyState state, IEnumerable<LearningKeyEvent> events) =>
        events.Aggregate(state, (before, next) => LearningKeyFold.Apply(before, next with { Sequence = before.Revision + 1 }));

    /// <summary>Lets an approved session teach, and stops a quarantined one that is still waiting. The evidence of a quarantined session is
    /// taken out, and put back when its status changes again.</summary>
    /// <param name="state">The key.</param>
    /// <param name="standing">What is known about the session.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="status">Its new status.</param>
    /// <param name="mayTeach">Whether the new status lets it teach.</param>
    /// <param name="by">Who asks, and when.</param>
    /// <param name="outcome">The outcome reported when it was counted; null leaves the evidence unchanged.</param>
    /// <param name="recorded">What it has counted with as evidence, according to the journal; null to rely on the key's memory.</param>
    /// <exception cref="RefusedException">The session was never counted here.</exception>
    public static Decision<SessionStanding> Review(
        LearningKeyState state, SessionStanding standing, long sessionId, ReviewStatus status, bool mayTeach, Signature by, SessionOutcome? outcome = null,
        CountedEvidence? recorded = null)
    {
        if (state.HasForgotten(sessionId))
        {
            return new([], standing);
        }

        if (standing is SessionStanding.Unknown)
        {
            throw new RefusedException(
                $"Session {sessionId} has not been counted by this learning key. Only finished sessions can be reviewed.");
        }

        var teaches = mayTeach && standing is SessionStanding.Observed;
        var withdrawn = !mayTeach && state.Pending.Contains(sessionId);
        var forgotten = status is ReviewStatus.Quarantined && state.Rewards.Samples.Any(sample => sample.SessionId == sessionId);
        var evidence = outcome is null ? null : Move(recorded ?? Remembered(state, outcome), status is ReviewStatus.Quarantined);
        var supports = state.Trials is { } trials && !ReferenceEquals(trials.Evidence.Reviewed(sessionId, status is ReviewStatus.Quarantined), trials.Evidence);
        if (!teaches && !withdrawn && !forgotten && !supports && evidence is null)
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
            PendingLimit = teaches ? state.PendingLimit : 0,
            Withdrawn = withdrawn,
            Evidence = evidence,
            Note = by.Reason,
            At = by.At,
            Author = by.Author,
        };
        return new([reviewed], after);
    }

    private static EvidenceMove? Move(CountedEvidence? counted, bool quarantined) => counted is null || counted.IsOut == quarantined
        ? null
        : new EvidenceMove(counted.Assignment, counted.Reward, Back: counted.IsOut);

    // A session that is too old for the key's memory stays as it is: what was never counted must not be taken out.
    private static CountedEvidence? Remembered(LearningKeyState state, SessionOutcome outcome) =>
        state.Trials?.StandingOf(outcome.SessionId) is { } standing and not EvidenceStanding.NotCounted
        && outcome.Assignment is { } assignment && KeyTrials.Observed(outcome) is { } reward
            ? new(assignment, reward, standing is EvidenceStanding.Out)
            : null;

    public static Decision<bool> Freeze(LearningKeyState state, Signature by) => state.Frozen is not null
        ? new([], false)
        : new([new KeyFrozen { Reason = by.Reason, At = by.At, Author = by.Author }], true);

    public static Decision<bool> Unfreeze(LearningKeyState state, Signature by) => state.Frozen is null
        ? new([], false)
        : new([new KeyUnfrozen { Reason = by.Reason, At = by.At, Author = by.Author }], true);

    /// <summary>Makes the content of an earlier version current again, with the impact counted since; also on a staged key if a version had
    /// reached prompts.</summary>
    /// <param name="state">The key.</param>
    /// <param name="version">The version to go back to.</param>
    /// <param name="archived">Its content.</param>
    /// <param name="options">The options, for the hashes of what is injected.</param>
    /// <param name="by">Who asks, when and why.</param>
    /// <exception cref="RefusedException">The key is frozen or pinned, or the version contains an answer of
    /// <c>learning.leak_guard</c>.</exception>
    public static Decision<bool> Rollback(
        LearningKeyState state, int version, LearnedPlaybook archived, LearningOptions options, Signature by)
    {
        StagingDecisions.DemandNotFrozen(state);
        StagingDecisions.DemandNotPinned(state);
        var restored = archived with
        {
            Entries = EntryImpacts.Carry(archived.Entries, state, by.At),

            // Evaluations, pruning and refusals since then remain valid.
            Metadata = state.Playbook.Metadata,
        };
        var overruled = ExperimentConclusions.Overruled(state, $"version {version} was made current again", by);
        var reason = by.Reason is null ? $"to version {version}" : $"to version {version}: {by.Reason}";
        by = by with { Reason = reason };
        var replaced = Replace(state, restored, PlaybookCause.Rollback, options, by);
        ImmutableArray<LearningKeyEvent> events = [.. overruled, .. replaced.Events];
        if (state.Served is not { } served)
        {
            return new(events, !events.IsEmpty);
        }

        // On a staged key, the newest version can already have this content without being served.
        if (replaced.Events.IsEmpty && PlaybookContentHash.Compute(served.Playbook) == state.ContentSha256)
        {
            return new(events, !events.IsEmpty);
        }

        var newest = replaced.Events is [.., PlaybookChanged changed]
            ? new ServedPlaybook(changed.Version, changed.At, restored)
            : new ServedPlaybook(state.Version, state.UpdatedAt, state.Playbook);
        var promoted = StagingDecisions.Promoted(state, newest, CurrentPlaybook.Of(state, options), by);
        return new([.. events, promoted], true);
    }
}
