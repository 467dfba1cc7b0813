using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Import;

/// <summary>Waits for a limited time until a key has learned from all sessions that were given to it.</summary>
internal sealed class SynthesisWait(IAtlasClient client, KeyQueries keys, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Returns the final status of the key, and the number of sessions that still wait: for a synthesis, or to be counted, which
    /// takes some seconds if a silo died between storing and counting them.</summary>
    /// <remarks>For a frozen key, this only waits until everything is counted: it learns nothing until it is unfrozen.</remarks>
    public async Task<(LearningKeyDescription Key, int Waiting)> FinishAsync(string learningKey, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            // The outbox is read first: what is no longer in it is in the description that is requested afterwards.
            var uncounted = await keys.UncountedAsync(learningKey, cancellation);
            var key = await client.DescribeAsync(learningKey, cancellation);
            var unlearned = key.PendingSessionIds.IsDefault ? 0 : key.PendingSessionIds.Length;
            if ((uncounted == 0 && (unlearned == 0 || key.Frozen)) || clock.GetElapsedTime(began) > Patience)
            {
                return (key, uncounted + unlearned);
            }

            await Task.Delay(Pause, clock, cancellation);
        }
    }
}
