using Atlas.Storage.Clustering;
using Atlas.Storage.Connection;
using Npgsql;
using Orleans.Runtime;

namespace Atlas.Grains.Leases;

/// <summary>Reads the membership table through a connection of its own, so that a busy pool is not taken for a database that is away.</summary>
internal sealed class ClusterStanding(
    ILocalSiloDetails silo, IClusterMembershipService membership, AtlasDatabase database) : IClusterStanding, IAsyncDisposable
{
    private const int Patience = 2;

    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString)
    {
        ApplicationName = "atlas-lease",
        MinPoolSize = 0,
        MaxPoolSize = 1,
        Timeout = Patience,
        CommandTimeout = Patience,
    });

    public Task<bool> IsMemberAsync(CancellationToken cancellation)
    {
        var address = silo.SiloAddress;
        return new ClusterMembers(_dataSource).ContainsAsync(
            silo.ClusterId, address.Endpoint.Address.ToString(), address.Endpoint.Port, address.Generation, cancellation);
    }

    public async Task FaceItAsync() => await membership.Refresh();

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
