using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Discovery;

/// <summary>Stores and reads the results of discovery in projects.</summary>
public sealed class DiscoveryRuns(NpgsqlDataSource dataSource)
{
    private const string Columns = "id::bigint AS id, project_root, task, source, fingerprint, payload, metadata, created_at";

    /// <summary>Stores a run and returns its number.</summary>
    /// <param name="projectRoot">The project's folder.</param>
    /// <param name="task">The sample task.</param>
    /// <param name="source"><c>discovery</c> or <c>runtime</c>.</param>
    /// <param name="payloadJson">A JSON object.</param>
    /// <param name="metadataJson">A JSON object; a text at its key <c>fingerprint</c> links sessions to the run.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<long> AddAsync(
        string projectRoot, string? task, string source, string payloadJson, string metadataJson, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            INSERT INTO public.discovery_runs (project_root, task, source, payload, metadata)
            VALUES ($1, $2, $3, $4, $5) RETURNING id::bigint
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(projectRoot).Text(task).Text(source).Json(payloadJson).Json(metadataJson);
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Finds a run; null if none has this number.</summary>
    public async Task<DiscoveryRun?> FindAsync(long id, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand($"SELECT {Columns} FROM public.discovery_runs WHERE id = $1");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(id);
        return await command.FirstAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the newest runs, newest first.</summary>
    /// <param name="fingerprint">Only runs of these sources; null for all.</param>
    /// <param name="limit">The largest number of runs.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<DiscoveryRun>> ListAsync(string? fingerprint, int limit, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand(
            $"SELECT {Columns} FROM public.discovery_runs WHERE $1 IS NULL OR fingerprint = $1 ORDER BY id DESC LIMIT $2");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(fingerprint).Int(Math.Max(0, limit));
        return await command.ListAsync(Read, cancellationToken).ConfigureAwait(false);
    }

    private static DiscoveryRun Read(NpgsqlDataReader row) => new(
        row.Long("id"), row.RequiredText("project_root"), row.Text("task"), row.RequiredText("source"), row.Text("fingerprint"),
        row.Json("payload"), row.Json("metadata"), row.Time("created_at"));
}
