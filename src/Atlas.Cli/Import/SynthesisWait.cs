using Atlas.Client;
using Atlas.Contracts.Playbooks;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Import;

/// <summary>Waits, within bounds, until a key has learned from all sessions that were given to it.</summary>
internal sealed class SynthesisWait(IAtlasClient client, KeyQueries keys, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Where the key stands in the end, and how many sessions wait even then: for a synthesis, or to be counted, as they do
    /// for some seconds when a silo died between storing and counting them.
    /// </summary>
    /// <remarks>A frozen key is waited for only until all is counted: it learns nothing until it is unfrozen.</remarks>
    public async Task<(LearningKeyDescription Key, int Waiting)> FinishAsync(string learningKey, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        while (true)
        {
            // The outbox is asked first: what it no longer holds is in the description that is asked for after it.
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
