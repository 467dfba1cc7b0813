using System.Net;
using Atlas.Contracts;
using Atlas.Database;
using Npgsql;

namespace Atlas.Client.Connection;

/// <summary>Checks the database before Orleans does, to report what is wrong. Orleans would only say that no silo answers.</summary>
internal static class ClusterProbe
{
    private const string Schema = "SELECT to_regclass('orleans.cluster_member') IS NOT NULL";

    // Status 3 of Orleans is an active silo; without a proxy port it accepts no clients.
    private const string Clusters =
        "SELECT DISTINCT ON (cluster_id) cluster_id, address, proxy_port FROM orleans.cluster_member WHERE status = 3 AND proxy_port > 0 "
        + "ORDER BY cluster_id, alive_at DESC";

    /// <summary>Makes sure that the cluster has a silo to connect to.</summary>
    /// <returns>The gateway of one of its silos; null if the registered address cannot be parsed.</returns>
    /// <exception cref="AtlasUnavailableException">There is no such silo; the message says what was found instead.</exception>
    public static async Task<IPEndPoint?> DemandClusterAsync(AtlasDatabase database, string clusterId, CancellationToken cancellation)
    {
        try
        {
            // A single query needs no pool.
            var source = database.CreateDataSource(once => (once.Pooling, once.MinPoolSize) = (false, 0));
            await using var sourceDisposal = source.ConfigureAwait(false);
            var connection = await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
            await using var connectionDisposal = connection.ConfigureAwait(false);
            var schema = new NpgsqlCommand(Schema, connection);
            await using var schemaDisposal = schema.ConfigureAwait(false);
            if (await schema.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not true)
            {
                throw new AtlasUnavailableException(
                    $"The database {database.DisplayName} has no Atlas tables. Check the name of the database, or start a silo on it, "
                    + "which sets it up.");
            }

            var clusters = await ClustersAsync(connection, cancellation).ConfigureAwait(false);
            return clusters.TryGetValue(clusterId, out var gateway) ? gateway : throw NoSilo(database, clusterId, [.. clusters.Keys]);
        }
        catch (NpgsqlException failure) when (DatabaseFailure.Of(failure, database) is { } told)
        {
            throw new AtlasUnavailableException(told.ToString(), failure);
        }
    }

    private static async Task<SortedDictionary<string, IPEndPoint?>> ClustersAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(Clusters, connection);
        await using var commandDisposal = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var found = new SortedDictionary<string, IPEndPoint?>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            found[reader.GetString(0)] = IPAddress.TryParse(reader.GetString(1), out var address) ? new IPEndPoint(address, reader.GetInt32(2)) : null;
        }

        return found;
    }

    private static AtlasUnavailableException NoSilo(AtlasDatabase database, string clusterId, List<string> others) => new(
        others.Count == 0
            ? $"No silo of the cluster '{clusterId}' can be reached: none is running on the database {database.DisplayName}. Start one with "
                + "`atlas up`, or check what is running with `atlas status`."
            : $"No silo of the cluster '{clusterId}' can be reached: the silos on the database {database.DisplayName} belong to "
                + $"{(others.Count == 1 ? "the cluster" : "the clusters")} {string.Join(", ", others.Select(name => $"'{name}'"))}. "
                + "Set AtlasClientOptions.ClusterId, or Atlas:Client:ClusterId in the configuration.");
}
