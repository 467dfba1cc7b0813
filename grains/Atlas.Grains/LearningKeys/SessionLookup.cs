using Atlas.Learning.Journal;

namespace Atlas.Grains.LearningKeys;

/// <summary>Finds out whether a session was counted before, and runs calls for the same session one after the other.</summary>
internal sealed class SessionLookup(string learningKey, GroupCommit commit, SessionStandings standings)
{
    private readonly Dictionary<long, Task> _underWay = [];

    /// <summary>Whether the late reward of a session was counted.</summary>
    public async ValueTask<bool> HasLateRewardAsync(long sessionId, SessionStanding standing) =>
        standing is not SessionStanding.Unknown
        && (commit.Tentative.HasLateReward(sessionId) ?? await standings.HasRewardAsync(learningKey, sessionId));

    /// <summary>Returns what a session has counted with as evidence, according to the journal; null if it has not.</summary>
    /// <remarks>Not asked of a session that certainly is no evidence. Of others the journal says more than the key's memory, and more than
    /// the session's row, which can have changed.</remarks>
    public async ValueTask<CountedEvidence?> EvidenceOfAsync(long sessionId) =>
        commit.Tentative.Trials is not { } trials || trials.StandingOf(sessionId) is EvidenceStanding.NotCounted
            ? null
            : await standings.FindEvidenceAsync(learningKey, sessionId);

    /// <summary>Runs <paramref name="command"/> with what is known about the session, after any earlier command on it.</summary>
    public async Task<T> WithStandingAsync<T>(long sessionId, Func<SessionStanding, Task<T>> command)
    {
        while (_underWay.TryGetValue(sessionId, out var earlier))
        {
            await earlier.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        var mine = RunAsync();
        if (!mine.IsCompleted)
        {
            _underWay[sessionId] = mine;
        }

        try
        {
            return await mine;
        }
        finally
        {
            _underWay.Remove(sessionId);
        }

        async Task<T> RunAsync()
        {
            await commit.ReadyAsync();
            var standing = commit.Tentative.StandingOf(sessionId) ?? await standings.FindAsync(learningKey, sessionId);
            return await command(standing);
        }
    }
}
