using Atlas.Domain;
using Atlas.Learning.Evidence;
using Atlas.Learning.Options;

namespace Atlas.Learning.Journal;

/// <summary>What follows from a reward that arrives after the end of its session. Pure.</summary>
public static class LateRewardDecisions
{
    /// <summary>Counts the reward of a session that was counted without one.</summary>
    /// <param name="state">The key.</param>
    /// <param name="standing">What is known about the session; an unknown one is counted as a whole.</param>
    /// <param name="isKnown">Whether this reward was counted before; in that case nothing happens.</param>
    /// <param name="outcome">The session with its reward.</param>
    /// <param name="teaches">Whether it can teach now.</param>
    /// <param name="options">The options, for whether usage is tracked and whether playbooks reach prompts.</param>
    /// <param name="drift">The options, for the number of rewards in the baseline.</param>
    /// <param name="by">Who asks, and when.</param>
    /// <param name="recorded">What the session has counted with as evidence, according to the journal; null if it has not.</param>
    public static Decision<SessionStanding> Reward(
        LearningKeyState state,
        SessionStanding standing,
        bool isKnown,
        SessionOutcome outcome,
        bool teaches,
        LearningOptions options,
        DriftOptions drift,
        Signature by,
        CountedEvidence? recorded = null)
    {
        if (standing is SessionStanding.Unknown)
        {
            return LearningKeyDecisions.Observe(state, standing, outcome, teaches, options, drift, by, isLateReward: true);
        }

        if (isKnown || state.HasForgotten(outcome.SessionId))
        {
            return new([], standing);
        }

        var certain = state.Trials?.StandingOf(outcome.SessionId);
        var before = certain ?? (recorded is null ? EvidenceStanding.NotCounted : recorded.IsOut ? EvidenceStanding.Out : EvidenceStanding.In);

        // For a session that is evidence already, its author's share was taken into account when it was counted.
        outcome = before is EvidenceStanding.NotCounted ? AuthorLimit.Limited(state.Trials, outcome, options) : outcome;
        var begins = teaches && standing is SessionStanding.Observed;
        var rewarded = new SessionRewarded
        {
            SessionId = outcome.SessionId,
            Outcome = outcome,
            Teaches = begins,
            PendingLimit = begins ? state.PendingLimit : 0,
            Evidence = state.Trials is null || certain is not null ? null : before,
            CountsForImpact = LearningKeyDecisions.CountsForImpact(state, options),
            RewardWindow = drift.Window,
            At = by.At,
            Author = by.Author,
        };
        return new(LearningKeyDecisions.WithEvidence(state, rewarded, outcome, options, by, isLate: true, rewarded.Evidence), begins ? SessionStanding.Applied : standing);
    }
}
