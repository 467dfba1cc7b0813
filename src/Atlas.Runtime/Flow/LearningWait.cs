using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Runtime.Flow;

/// <summary>Waits until a session has been learned from.</summary>
internal sealed class LearningWait(IAtlasClient cluster, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The key's playbook: at once where nothing is waited for, else when the session waits for no synthesis any more.</summary>
    /// <returns>Null if the cluster cannot be asked.</returns>
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
            // The session is closed; what its key makes of it can be asked later.
            return null;
        }
    }

    /// <summary>A frozen key learns nothing until somebody thaws it.</summary>
    private static bool IsOver(LearningKeyDescription key, long sessionId) => key.Frozen || !key.PendingSessionIds.Contains(sessionId);
}
