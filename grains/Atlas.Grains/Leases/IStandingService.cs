using Orleans.Services;

namespace Atlas.Grains.Leases;

/// <summary>What a silo without access to the database asks of one that may have it.</summary>
[Alias("atlas.standing")]
internal interface IStandingService : IGrainService
{
    /// <summary>Reads the membership table for another silo.</summary>
    /// <returns>What the table says about it; null if this silo cannot reach the database either.</returns>
    [Alias("look")]
    Task<ClusterSight?> Look(SiloAddress silo);
}
