using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Atlas.Grains.Leases;

/// <summary>Reads the database for silos that cannot reach it.</summary>
[Reentrant]
internal sealed class StandingService(GrainId id, Silo silo, ILoggerFactory loggers, MembershipTable table, ReadLeaseOptions options)
    : GrainService(id, silo, loggers), IStandingService
{
    public async Task<ClusterSight?> Look(SiloAddress silo)
    {
        // The caller waits for a quarter of its lease.
        using var patience = new CancellationTokenSource(options.Duration / 6);
        try
        {
            return (await table.LookAsync(silo, patience.Token)).Sight;
        }
        catch (Exception)
        {
            // Whatever the failure, nothing was seen.
            return null;
        }
    }
}
