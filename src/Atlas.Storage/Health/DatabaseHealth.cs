using System.Globalization;
using Atlas.Database;
using Atlas.Storage.Migrations;
using Npgsql;

namespace Atlas.Storage.Health;

/// <summary>The result of a database health check.</summary>
/// <param name="Healthy">Whether it answers and has all scripts.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="RoundTrip">How long it took to answer; null if it did not.</param>
/// <param name="ServerVersion">The server's version; null if it did not answer.</param>
public sealed record DatabaseHealthReport(bool Healthy, string Description, TimeSpan? RoundTrip, string? ServerVersion)
{
    /// <summary>What to do, if that is certain; otherwise null.</summary>
    public string? Remedy { get; init; }
}

/// <summary>Checks that the database answers and has the newest script.</summary>
public static class DatabaseHealth
{
    /// <summary>Checks with one round trip; failures become part of the report.</summary>
    /// <param name="dataSource">The database.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public static async Task<DatabaseHealthReport> CheckAsync(
        NpgsqlDataSource dataSource, CancellationToken cancellationToken = default, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        time ??= TimeProvider.System;
        try
        {
            var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var connectionDisposal = connection.ConfigureAwait(false);
            if (DatabaseEncodingException.Fault(connection) is { } unfit)
            {
                return new DatabaseHealthReport(false, unfit, null, null);
            }

            var began = time.GetTimestamp();
            var applied = await AppliedAsync(connection, cancellationToken).ConfigureAwait(false);
            var took = time.GetElapsedTime(began);
            var version = connection.PostgreSqlVersion.ToString();
            var missing = EmbeddedScripts.All.Select(script => script.Name).Where(name => !applied.Contains(name)).ToArray();
            return missing.Length == 0
                ? new DatabaseHealthReport(true,
                    string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {version} answers in {took.TotalMilliseconds:0.0} ms."), took, version)
                : new DatabaseHealthReport(false,
                    $"PostgreSQL {version} answers, but the migrations {string.Join(", ", missing)} are missing. Start a silo to apply them.", took, version);
        }
        catch (Exception failure) when (DatabaseFailure.Of(failure, dataSource) is { } told)
        {
            return new DatabaseHealthReport(false, told.Sentence, null, null) { Remedy = told.Remedy };
        }
    }

    private static async Task<HashSet<string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new HashSet<string>(StringComparer.Ordinal);
        var command = new NpgsqlCommand(
            $"SELECT scriptname FROM {MigrationRunner.JournalSchema}.{MigrationRunner.JournalTable}", connection);
        await using var commandDisposal = command.ConfigureAwait(false);
        try
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var readerDisposal = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                applied.Add(reader.GetString(0));
            }
        }
        catch (PostgresException absent) when (absent.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            // An empty database: no script was applied.
        }

        return applied;
    }
}
