using Atlas.Domain;
using Atlas.Learning.Options;

namespace Atlas.Learning.Journal;

/// <summary>What follows from a reward that comes after the end of its session. Pure.</summary>
public static class LateRewardDecisions
{
    /// <summary>Counts the reward of a session that was counted without one.</summary>
    /// <param name="state">The key.</param>
    /// <param name="standing">What is known of the session; one that is unknown is counted as a whole.</param>
    /// <param name="isKnown">Whether this reward was counted before; then nothing happens.</param>
    /// <param name="outcome">The session with its reward.</param>
    /// <param name="teaches">Whether it may feed the synthesizer now.</param>
    /// <param name="options">Whether usage is tracked, and whether playbooks reach the prompts.</param>
    /// <param name="drift">How many rewards the baseline holds.</param>
    /// <param name="by">Who says so, and when.</param>
    public static Decision<SessionStanding> Reward(
        LearningKeyState state,
        SessionStanding standing,
        bool isKnown,
        SessionOutcome outcome,
        bool teaches,
        LearningOptions options,
        DriftOptions drift,
        Signature by)
    {
        if (standing is SessionStanding.Unknown)
        {
            return LearningKeyDecisions.Observe(state, standing, outcome, teaches, options, drift, by, isLateReward: true);
        }

        if (isKnown || state.HasForgotten(outcome.SessionId))
        {
            return new([], standing);
        }

        var begins = teaches && standing is SessionStanding.Observed;
        var rewarded = new SessionRewarded
        {
            SessionId = outcome.SessionId,
            Outcome = outcome,
            Teaches = begins,
            CountsForImpact = LearningKeyDecisions.CountsForImpact(state, options),
            RewardWindow = drift.Window,
            At = by.At,
            Author = by.Author,
        };
        return new(LearningKeyDecisions.WithEvidence(state, rewarded, outcome, options, by, isLate: true), begins ? SessionStanding.Applied : standing);
    }
}
