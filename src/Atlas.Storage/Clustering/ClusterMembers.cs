using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Clustering;

/// <summary>Reads the membership table.</summary>
public sealed class ClusterMembers(NpgsqlDataSource dataSource)
{
    private const int Dead = 6;

    /// <summary>Returns whether a silo belongs to its cluster (it is in the table and has not been declared dead), and a text that
    /// identifies the tables. It changes whenever the database, the table of states or its storage, or the server's timeline is different,
    /// as after a backup was restored.</summary>
    /// <remarks>Also returns which silos are alive according to the table. A silo without a sign of life for five minutes is a
    /// leftover.</remarks>
    /// <param name="clusterId">The cluster.</param>
    /// <param name="address">The silo's IP address.</param>
    /// <param name="port">Its port for other silos.</param>
    /// <param name="generation">Distinguishes this run of the silo from earlier ones on the same port.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<(bool IsMember, string Store, IReadOnlyList<LivingSilo> Living)> LookAsync(
        string clusterId, string address, int port, int generation, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            SELECT (SELECT m.status::bigint FROM orleans.cluster_member m
                     WHERE m.cluster_id = $1 AND m.address = $2 AND m.port = $3 AND m.generation = $4) AS status,
                   concat_ws(' ', d.oid, 'orleans.grain_state'::regclass::oid, pg_relation_filenode('orleans.grain_state'),
                             CASE WHEN NOT pg_is_in_recovery() THEN left(pg_walfile_name(pg_current_wal_lsn()), 8) END) AS store,
                   (SELECT string_agg(concat_ws(' ', m.address, m.port, m.generation), ',') FROM orleans.cluster_member m
                     WHERE m.cluster_id = $1 AND m.status <> 6 AND m.alive_at > now() - interval '5 minutes') AS living
              FROM pg_database d WHERE d.datname = current_database()
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(clusterId).Text(address).Int(port).Int(generation);
        var found = await command.FirstAsync(row => new Standing(row.LongOrNull("status"), row.RequiredText("store"), row.Text("living")), cancellationToken).ConfigureAwait(false);
        return (found is { Status: not (null or Dead) }, found?.Store ?? "", LivingSilo.ReadAll(found?.Living));
    }

    private sealed record Standing(long? Status, string Store, string? Living);
}
