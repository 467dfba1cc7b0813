using Orleans.Runtime.Services;

namespace Atlas.Grains.Leases;

/// <summary>Asks other silos to read the database.</summary>
internal sealed class StandingClient(IServiceProvider services) : GrainServiceClient<IStandingService>(services)
{
    public Task<ClusterSight?> AskAsync(SiloAddress neighbour, SiloAddress about) => GetGrainService(neighbour).Look(about);
}
