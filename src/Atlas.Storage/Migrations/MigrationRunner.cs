using System.Collections.Immutable;
using DbUp;
using DbUp.Engine;
using Npgsql;

namespace Atlas.Storage.Migrations;

/// <summary>Brings a database to the newest script. Several processes may do so at once, and any of them again at any time.</summary>
public static class MigrationRunner
{
    internal const string JournalSchema = "orleans";
    internal const string JournalTable = "schema_version";

    // Any number serves as long as it is always this one.
    internal const long AdvisoryLock = 0x41746C61_73477261;

    /// <summary>Applies the scripts that the database does not have yet, each in a transaction of its own.</summary>
    /// <param name="dataSource">Connects as a user who may create schemas and tables.</param>
    /// <param name="cancellationToken">Stops waiting for another process; a script that runs is finished.</param>
    /// <exception cref="MigrationException">A script failed; the message names it.</exception>
    public static Task<MigrationReport> ApplyAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return ApplyAsync(dataSource, EmbeddedScripts.All, cancellationToken);
    }

    /// <inheritdoc cref="ApplyAsync(NpgsqlDataSource, CancellationToken)"/>
    /// <param name="connectionString">An Npgsql connection string or a <c>postgresql://</c> address.</param>
    /// <param name="cancellationToken">Stops waiting for another process; a script that runs is finished.</param>
    public static async Task<MigrationReport> ApplyAsync(string connectionString, CancellationToken cancellationToken = default)
    {
        await using var dataSource = Connection.AtlasDatabase.Parse(connectionString).CreateDataSource();
        return await ApplyAsync(dataSource, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<MigrationReport> ApplyAsync(
        NpgsqlDataSource dataSource, IReadOnlyList<SqlScript> scripts, CancellationToken cancellationToken)
    {
        await using var guard = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await LockAsync(guard, cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Apply(dataSource, scripts), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            await using var unlock = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", guard);
            unlock.Parameters.Add(new() { Value = AdvisoryLock });
            await unlock.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task LockAsync(NpgsqlConnection guard, CancellationToken cancellationToken)
    {
        // Waiting for another process to finish its scripts may take longer than a statement should.
        await using (var patience = new NpgsqlCommand("SET statement_timeout = 0", guard))
        {
            await patience.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await using var wait = new NpgsqlCommand("SELECT pg_advisory_lock($1)", guard) { CommandTimeout = 0 };
        wait.Parameters.Add(new() { Value = AdvisoryLock });
        await wait.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static MigrationReport Apply(NpgsqlDataSource dataSource, IReadOnlyList<SqlScript> scripts)
    {
        using (var schema = dataSource.CreateCommand($"CREATE SCHEMA IF NOT EXISTS {JournalSchema}"))
        {
            schema.ExecuteNonQuery();
        }

        var result = DeployChanges.To
            .PostgresqlDatabase(new WholeScriptConnectionManager(dataSource))
            .JournalToPostgresqlTable(JournalSchema, JournalTable)
            .WithScripts(scripts)
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            .WithExecutionTimeout(TimeSpan.FromMinutes(30))
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new MigrationException(
                $"The script {result.ErrorScript?.Name ?? "(journal)"} could not be applied to the database: {result.Error.Message}",
                result.Error);
        }

        return new MigrationReport([.. result.Scripts.Select(script => script.Name)], scripts[^1].Name);
    }
}
