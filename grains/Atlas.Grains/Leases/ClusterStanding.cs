using Atlas.Database;
using Atlas.Storage.Clustering;
using Npgsql;
using Orleans.Runtime;

namespace Atlas.Grains.Leases;

/// <summary>Reads the membership table through a connection of its own, so that a busy pool is not taken for a database that is away.</summary>
internal sealed class ClusterStanding(
    ILocalSiloDetails silo, IClusterMembershipService membership, AtlasDatabase database) : IClusterStanding, IAsyncDisposable
{
    private const int Patience = 2;

    private readonly NpgsqlDataSource _dataSource = database.CreateDataSource(own =>
    {
        own.ApplicationName = "atlas-lease";
        (own.MinPoolSize, own.MaxPoolSize) = (0, 1);
        (own.Timeout, own.CommandTimeout) = (Patience, Patience);
    });

    public async Task<ClusterSight> LookAsync(CancellationToken cancellation)
    {
        var address = silo.SiloAddress;
        var (isMember, store) = await new ClusterMembers(_dataSource).LookAsync(
            silo.ClusterId, address.Endpoint.Address.ToString(), address.Endpoint.Port, address.Generation, cancellation);
        return new(isMember, store);
    }

    public async Task FaceItAsync() => await membership.Refresh();

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
