using System.Collections.Immutable;
using System.Net;
using Atlas.Database;
using Atlas.Storage.Clustering;
using Npgsql;

namespace Atlas.Grains.Leases;

/// <summary>Reads the membership table through separate connections, so that a busy pool does not look like an unavailable
/// database.</summary>
internal sealed class MembershipTable(ILocalSiloDetails self, AtlasDatabase database) : IAsyncDisposable
{
    private const int Patience = 2;

    private readonly NpgsqlDataSource _dataSource = database.CreateDataSource(own =>
    {
        own.ApplicationName = "atlas-lease";
        (own.MinPoolSize, own.MaxPoolSize) = (0, 2);
        (own.Timeout, own.CommandTimeout) = (Patience, Patience);

        // A database that cannot be reached cannot be asked to cancel either.
        own.CancellationTimeout = -1;
    });

    /// <summary>Returns what the table says about a silo, and which silos it lists as alive.</summary>
    public async Task<(ClusterSight Sight, ImmutableArray<SiloAddress> Living)> LookAsync(SiloAddress silo, CancellationToken cancellation)
    {
        var address = silo.Endpoint;
        var seen = await new ClusterMembers(_dataSource).LookAsync(
            self.ClusterId, address.Address.ToString(), address.Port, silo.Generation, cancellation);
        return (
            new ClusterSight(seen.IsMember, seen.Store),
            [.. seen.Living.Select(member => SiloAddress.New(new IPEndPoint(IPAddress.Parse(member.Address), member.Port), member.Generation))]);
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
