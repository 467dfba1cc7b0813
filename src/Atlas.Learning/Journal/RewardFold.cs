using Atlas.Domain;

namespace Atlas.Learning.Journal;

/// <summary>Applies the reward of a session to what a key knows about rewards; see <see cref="LearningKeyFold"/>.</summary>
internal static class RewardFold
{
    /// <summary>Adds the reward of a session. A session says nothing about rewards if it has none, or was quarantined before it was
    /// counted.</summary>
    public static LearningKeyState Add(LearningKeyState state, SessionOutcome outcome, int window) => outcome.Score is null || outcome.Quarantined
        ? state
        : state with
        {
            History = state.History.Add(outcome.Score),
            Rewards = state.Rewards.Add(new RewardSample(outcome.SessionId, outcome.Score, outcome.UncertaintyMean, outcome.BestUncertainty), window),
        };

    /// <summary>Removes the reward of a session that was quarantined, if it is among the newest.</summary>
    public static LearningKeyState Remove(LearningKeyState state, long sessionId)
    {
        var sample = state.Rewards.Samples.FirstOrDefault(sample => sample.SessionId == sessionId);
        if (sample is null)
        {
            return state;
        }

        var rewards = state.Rewards.Remove(sessionId);
        return state with
        {
            Rewards = rewards,
            History = state.History.Remove(sample.Score, rewards.Samples.Where(rest => rest.Score is not null).Select(rest => rest.Score!.Value)),
        };
    }
}
