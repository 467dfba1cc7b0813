using Atlas.Grains.Background;
using Atlas.Grains.Telemetry;
using Atlas.Storage.Retention;
using Microsoft.Extensions.Logging;

namespace Atlas.Grains.Retention;

/// <summary>Prepares storage for the events of future sessions, and removes every hour what is old enough by the policy.</summary>
internal sealed class RetentionSweep(RetentionStore store, RetentionPolicy policy, TimeProvider time, ILogger<RetentionSweep> log)
    : PeriodicSweep(TimeSpan.FromMinutes(1), time)
{
    private static readonly TimeSpan BetweenRemovals = TimeSpan.FromHours(1);

    private DateTimeOffset _due = DateTimeOffset.MinValue;

    protected override async Task SweepAsync(CancellationToken stopping)
    {
        if (await store.MakePartitionAsync(stopping) is { } made)
        {
            log.PartitionMade(made);
        }

        if (policy.KeepsAll || Now < _due)
        {
            return;
        }

        _due = Now + BetweenRemovals;
        var removed = await store.ApplyAsync(policy, Now, stopping);
        AtlasTelemetry.RetentionApplied(removed);
        if (removed is not { Partitions: 0, Events: 0, Sessions: 0 })
        {
            log.RetentionApplied(removed.Events, removed.Partitions, removed.Sessions);
        }
    }

    protected override void Failed(Exception failure) => log.RetentionFailed(failure, Pause);
}
