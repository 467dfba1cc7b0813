using Atlas.Client;
using Atlas.Contracts.Playbooks;

namespace Atlas.Cli.Import;

/// <summary>Waits, within bounds, until a key has learned from all sessions that were given to it.</summary>
internal sealed class SynthesisWait(IAtlasClient client, TimeProvider clock)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>Where the key stands in the end. A frozen key is not waited for: it learns nothing until it is unfrozen.</summary>
    public async Task<LearningKeyDescription> FinishAsync(string learningKey, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            var key = await client.DescribeAsync(learningKey, cancellation);
            if (key.PendingSessionIds.IsDefaultOrEmpty || key.Frozen || clock.GetElapsedTime(began) > _patience)
            {
                return key;
            }

            await Task.Delay(_pause, clock, cancellation);
        }
    }
}
