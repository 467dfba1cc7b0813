using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Membership;

/// <summary>Reads which silos a cluster has.</summary>
public sealed class MembershipQueries(NpgsqlDataSource dataSource)
{
    // Status 6 is dead. A silo that leaves by itself has nobody who suspects it.
    private const string Sql = """
        SELECT m.address, m.port, m.generation, m.status = 6 AS dead,
               m.status = 6 AND (coalesce(m.suspect_times, '') <> '' OR EXISTS (
                 SELECT 1 FROM orleans.cluster_member n
                  WHERE n.cluster_id = m.cluster_id AND n.address = m.address AND n.port = m.port
                    AND n.generation > m.generation)) AS pushed
          FROM orleans.cluster_member m
         WHERE m.cluster_id = $1
        """;

    public async Task<ImmutableArray<MemberRow>> ListAsync(string clusterId, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(Sql);
        command.Parameters.Text(clusterId);
        return await command.ListAsync(
            static row => new MemberRow(
                row.RequiredText("address"), (int)row.Long("port"), (int)row.Long("generation"), row.Flag("dead"), row.Flag("pushed")),
            cancellationToken).ConfigureAwait(false);
    }
}
