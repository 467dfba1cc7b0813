using System.Diagnostics;
using Atlas.Client;

namespace Atlas.Benchmarks.Cluster;

/// <summary>Records when each of many watches has received which version.</summary>
internal sealed class ArrivalBoard(int watches)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, int> _have = [];
    private readonly Dictionary<int, TaskCompletionSource<long>> _all = [];

    public async Task WatchAsync(IAtlasClient client, string key, CancellationToken cancellationToken)
    {
        var last = 0;
        try
        {
            await foreach (var seen in client.WatchAsync(key, cancellationToken))
            {
                // A watch that has a version does not need those before it.
                var now = Stopwatch.GetTimestamp();
                for (var version = last + 1; version <= seen.Playbook.Version; version++)
                {
                    Arrived(version, now);
                }

                last = Math.Max(last, seen.Playbook.Version);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The measurement is over.
        }
    }

    /// <summary>Returns when the last watch received that version, or a newer one.</summary>
    public Task<long> AllHaveAsync(int version, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return PlaceOf(version).Task.WaitAsync(cancellationToken);
        }
    }

    private void Arrived(int version, long now)
    {
        lock (_lock)
        {
            if ((_have[version] = _have.GetValueOrDefault(version) + 1) == watches)
            {
                PlaceOf(version).TrySetResult(now);
            }
        }
    }

    private TaskCompletionSource<long> PlaceOf(int version) => _all.TryGetValue(version, out var place)
        ? place
        : _all[version] = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
}
