using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Learning.Journal;
using Atlas.Learning.Rewards;

namespace Atlas.Learning.Sessions;

/// <summary>Decides what happens to a reward that arrives after the end of its session. Pure.</summary>
public static class LateReward
{
    /// <summary>Whether the reward is new to the session.</summary>
    /// <param name="session">The stored session.</param>
    /// <param name="reward">The reward.</param>
    /// <returns>False if the session already has this reward.</returns>
    /// <exception cref="RefusedException">The reward cannot be given; the message says why.</exception>
    public static bool IsNew(StoredSession session, SessionReward reward)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(reward);
        SessionFinish.CheckReward(reward);
        if (session.Status is SessionStatus.Running)
        {
            throw new RefusedException($"Session {session.Id} is still running. Complete it with the reward, or complete it first and add the reward afterwards.");
        }

        return SessionStates.RewardOf(session) is not { } given
            || (Same(given, reward) ? false
                : throw new RefusedException(FormattableString.Invariant(
                    $"Session {session.Id} already has a reward of {given.Score} from '{given.Judge}'. A session gets one reward, and this one was counted; `atlas review quarantine` removes it from what is learned.")));
    }

    /// <summary>Returns the reward as a finished judging.</summary>
    /// <param name="reward">The reward.</param>
    /// <param name="now">The time of its arrival.</param>
    public static JudgedSession AsJudged(SessionReward reward, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(reward);
        var records = RewardRecords.Single(Finite.Held(reward.Score), Finite.OrNull(reward.Uncertainty), reward.Judge, reward.Rationale, now);
        return new JudgedSession(
            reward.Judge, JsonSerializer.SerializeToElement(records.Reward), JsonSerializer.SerializeToElement(records.Stats), JsonElement.Parse("[]"), null, TokenUsage.None);
    }

    /// <summary>Returns an earlier decision of a person, which the learning key must be told again after the reward: that of a quarantined
    /// session is taken out.</summary>
    public static ReviewDecision? Decided(StoredSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session is { ReviewStatus: ReviewStatus.Quarantined, ReviewedBy: { } reviewer }
            ? new ReviewDecision(ReviewStatus.Quarantined, reviewer, session.ReviewNotes)
            : null;
    }

    private static bool Same(SessionReward given, SessionReward reward) =>
        given.Score == Finite.Held(reward.Score) && given.Uncertainty == Finite.OrNull(reward.Uncertainty) && given.Judge == reward.Judge
        && (given.Rationale ?? "") == (reward.Rationale ?? "");
}
