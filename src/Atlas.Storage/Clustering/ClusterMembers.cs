using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Clustering;

/// <summary>What the membership table says of one silo.</summary>
public sealed class ClusterMembers(NpgsqlDataSource dataSource)
{
    private const int Dead = 6;

    /// <summary>Whether a silo belongs to its cluster: it is in the table and has not been declared dead.</summary>
    /// <param name="clusterId">The cluster.</param>
    /// <param name="address">The silo's IP address.</param>
    /// <param name="port">Its port for other silos.</param>
    /// <param name="generation">Tells this run of the silo from earlier ones at the same port.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<bool> ContainsAsync(
        string clusterId, string address, int port, int generation, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            SELECT status::bigint AS status FROM orleans.cluster_member
             WHERE cluster_id = $1 AND address = $2 AND port = $3 AND generation = $4
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(clusterId).Text(address).Int(port).Int(generation);
        return await command.FirstAsync(row => new Standing(row.Long("status")), cancellationToken).ConfigureAwait(false)
            is { Status: not Dead };
    }

    private sealed record Standing(long Status);
}
