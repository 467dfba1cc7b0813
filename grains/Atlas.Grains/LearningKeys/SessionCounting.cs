using Atlas.Contracts.Playbooks;
using Atlas.Learning.Journal;

namespace Atlas.Grains.LearningKeys;

/// <summary>Counts finished sessions and late rewards, once each.</summary>
internal sealed class SessionCounting(SessionLookup lookup, GroupCommit commit, LearningServices services)
{
    /// <summary>Returns whether this call counted the session, and what is known about it afterwards.</summary>
    public async Task<(bool Counted, SessionStanding Standing)> RecordAsync(FinishedSession session, Signature by)
    {
        var (outcome, counted) = (session.Outcome, false);
        var standing = await lookup.WithStandingAsync(outcome.SessionId, async known =>
        {
            var isKnown = session.IsLateReward && await lookup.HasLateRewardAsync(outcome.SessionId, known);
            var recorded = session.IsLateReward && known is not SessionStanding.Unknown ? await lookup.EvidenceOfAsync(outcome.SessionId) : null;
            return await commit.ExecuteAsync(state =>
            {
                counted = known is SessionStanding.Unknown;
                return session.IsLateReward
                    ? LateRewardDecisions.Reward(state, known, isKnown, outcome, session.Teaches, services.Learning, services.Safety.Drift, by, recorded)
                    : LearningKeyDecisions.Observe(state, known, outcome, session.Teaches, services.Learning, services.Safety.Drift, by);
            });
        });
        return (counted, standing);
    }
}
