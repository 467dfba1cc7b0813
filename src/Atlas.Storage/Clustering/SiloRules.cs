using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Clustering;

/// <summary>Records the rules by which each silo of a cluster learns.</summary>
public sealed class SiloRules(NpgsqlDataSource dataSource)
{
    // A silo without a report for three of its minutes is gone.
    private const string Tell = """
        WITH told AS (
          INSERT INTO orleans.silo_rules AS r (cluster_id, silo_name, sha256, seen_at) VALUES ($1, $2, $3, now())
          ON CONFLICT (cluster_id, silo_name) DO UPDATE SET sha256 = excluded.sha256, seen_at = excluded.seen_at)
        SELECT silo_name FROM orleans.silo_rules
         WHERE cluster_id = $1 AND silo_name <> $2 AND sha256 <> $3 AND seen_at > now() - interval '3 minutes' ORDER BY 1
        """;

    /// <summary>Reports the rules by which a silo learns.</summary>
    /// <param name="clusterId">Its cluster.</param>
    /// <param name="silo">Its name.</param>
    /// <param name="sha256">The hash of its rules.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The silos of the cluster that have different rules.</returns>
    public async Task<ImmutableArray<string>> TellAsync(string clusterId, string silo, string sha256, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand(Tell);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(clusterId).Text(silo).Text(sha256);
        return await command.ListAsync(row => row.RequiredText("silo_name"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a silo that has stopped.</summary>
    /// <inheritdoc cref="TellAsync"/>
    public async Task ForgetAsync(string clusterId, string silo, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("DELETE FROM orleans.silo_rules WHERE cluster_id = $1 AND silo_name = $2");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(clusterId).Text(silo);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
