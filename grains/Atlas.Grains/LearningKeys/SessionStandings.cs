using Atlas.Learning.Journal;
using Atlas.Storage.Learning;

namespace Atlas.Grains.LearningKeys;

/// <summary>Asks the journal about a session that is too old for the key's own memory.</summary>
internal sealed class SessionStandings(LearningLedger ledger)
{
    public async Task<SessionStanding> FindAsync(string learningKey, long sessionId) =>
        await ledger.FindStandingAsync(learningKey, sessionId) switch
        {
            null => SessionStanding.Unknown,
            { Teaches: true } => SessionStanding.Applied,
            _ => SessionStanding.Observed,
        };

    public async Task<bool> HasRewardAsync(string learningKey, long sessionId) =>
        await ledger.FindStandingAsync(learningKey, sessionId) is { HasReward: true };

    public Task<CountedEvidence?> FindEvidenceAsync(string learningKey, long sessionId) => ledger.FindEvidenceAsync(learningKey, sessionId);
}
