using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Runtime.Flow;

/// <summary>Waits until a session has been learned from.</summary>
internal sealed class LearningWait(IAtlasClient cluster, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns the key's playbook: immediately without a wait, otherwise once the session no longer waits for a synthesis.</summary>
    /// <returns>The playbook; null if the cluster is unreachable.</returns>
    public async Task<PlaybookStamp?> ForAsync(string learningKey, long sessionId, TimeSpan patience, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        try
        {
            while (true)
            {
                var key = await cluster.DescribeAsync(learningKey, cancellationToken).ConfigureAwait(false);
                if (time.GetElapsedTime(began) >= patience || IsOver(key, sessionId))
                {
                    return PlaybookStamp.Of(key.Playbook);
                }

                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // The session is closed; what its key makes of it can be read later.
            return null;
        }
    }

    /// <summary>Determines whether waiting is over, which is also so for a frozen key, because it learns nothing until it is unfrozen.</summary>
    private static bool IsOver(LearningKeyDescription key, long sessionId) => key.Frozen || !key.PendingSessionIds.Contains(sessionId);
}
