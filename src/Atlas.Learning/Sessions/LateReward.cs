using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Learning.Journal;
using Atlas.Learning.Rewards;

namespace Atlas.Learning.Sessions;

/// <summary>Decides what becomes of a reward that comes after the end of its session. Pure.</summary>
public static class LateReward
{
    /// <summary>Whether it is new to the session.</summary>
    /// <param name="session">The session as it is stored.</param>
    /// <param name="reward">The reward.</param>
    /// <returns>False if the session has this very reward.</returns>
    /// <exception cref="RefusedException">It cannot be given; the sentence says why.</exception>
    public static bool IsNew(StoredSession session, SessionReward reward)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(reward);
        SessionFinish.CheckReward(reward);
        if (session.Status is SessionStatus.Running)
        {
            throw new RefusedException($"Session {session.Id} is running. Complete it, with the reward or without, and give it one afterwards.");
        }

        return SessionStates.RewardOf(session) is not { } given
            || (Same(given, reward) ? false
                : throw new RefusedException(FormattableString.Invariant(
                    $"Session {session.Id} has a reward of {given.Score} from '{given.Judge}'. A session gets one reward, and it was counted; `atlas review quarantine` takes it out of what is learned.")));
    }

    /// <summary>The reward as a judging that is over.</summary>
    /// <param name="reward">The reward.</param>
    /// <param name="now">When it came.</param>
    public static JudgedSession AsJudged(SessionReward reward, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(reward);
        var records = RewardRecords.Single(Finite.Held(reward.Score), Finite.OrNull(reward.Uncertainty), reward.Judge, reward.Rationale, now);
        return new JudgedSession(
            reward.Judge, JsonSerializer.SerializeToElement(records.Reward), JsonSerializer.SerializeToElement(records.Stats), JsonElement.Parse("[]"), null, TokenUsage.None);
    }

    /// <summary>What a person decided before, which the learning key has to hear again after the reward: a quarantined session's is taken out.</summary>
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
