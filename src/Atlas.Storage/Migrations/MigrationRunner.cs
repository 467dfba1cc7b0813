using System.Collections.Immutable;
using DbUp;
using DbUp.Engine;
using Npgsql;

namespace Atlas.Storage.Migrations;

/// <summary>Migrates a database to the newest script. Several processes can do so concurrently, and repeatedly.</summary>
public static class MigrationRunner
{
    internal const string JournalSchema = "orleans";
    internal const string JournalTable = "schema_version";

    // Any number works as long as it is always the same.
    internal const long AdvisoryLock = 0x41746C61_73477261;

    /// <summary>Applies the scripts that the database does not have yet, each in its own transaction.</summary>
    /// <param name="dataSource">Connects as a user who can create schemas and tables.</param>
    /// <param name="cancellationToken">Cancels waiting for another process; a running script is finished.</param>
    /// <exception cref="MigrationException">A script failed; the message names it.</exception>
    /// <exception cref="Database.DatabaseEncodingException">The encoding of the database is not UTF-8.</exception>
    public static Task<MigrationReport> ApplyAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return ApplyAsync(dataSource, EmbeddedScripts.All, cancellationToken);
    }

    /// <inheritdoc cref="ApplyAsync(NpgsqlDataSource, CancellationToken)"/>
    /// <param name="connectionString">An Npgsql connection string or a <c>postgresql://</c> address.</param>
    /// <param name="cancellationToken">Cancels waiting for another process; a running script is finished.</param>
    public static async Task<MigrationReport> ApplyAsync(string connectionString, CancellationToken cancellationToken = default)
    {
        var dataSource = Database.AtlasDatabase.Parse(connectionString).CreateDataSource();
        await using var dataSourceDisposal = dataSource.ConfigureAwait(false);
        return await ApplyAsync(dataSource, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<MigrationReport> ApplyAsync(
        NpgsqlDataSource dataSource, IReadOnlyList<SqlScript> scripts, CancellationToken cancellationToken)
    {
        var guard = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var guardDisposal = guard.ConfigureAwait(false);
        Database.DatabaseEncodingException.Demand(guard);

        // The lock of a transaction and not of a session, because a pooler can give the session to another client.
        var locked = await guard.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var lockedDisposal = locked.ConfigureAwait(false);
        await LockAsync(guard, cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Apply(dataSource, scripts), CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task LockAsync(NpgsqlConnection guard, CancellationToken cancellationToken)
    {
        // Waiting for another process's scripts and then applying our own can take longer than usual.
        var patience = new NpgsqlCommand(
            "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0", guard);
        await using (patience.ConfigureAwait(false))
        {
            await patience.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        var wait = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", guard) { CommandTimeout = 0 };
        await using var waitDisposal = wait.ConfigureAwait(false);
        wait.Parameters.Add(new() { Value = AdvisoryLock });
        await wait.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    // Without its journal, a database gets every script again. An earlier script cannot replace a view to which a later one added columns;
    // views contain no data, so drop all of ours and create them again.
    private static void DropViewsOfALostJournal(NpgsqlDataSource dataSource)
    {
        using var drop = dataSource.CreateCommand($"""
            DO $d$
            DECLARE
              name text;
            BEGIN
              IF to_regclass('{JournalSchema}.{JournalTable}') IS NULL THEN
                FOR name IN
                  SELECT format('%I.%I', schemaname, viewname) FROM pg_views
                   WHERE schemaname = '{JournalSchema}' AND viewname IN ('learning_state', 'registry_row')
                      OR schemaname = 'public' AND viewname = 'learning_registry'
                LOOP
                  EXECUTE 'DROP VIEW IF EXISTS ' || name || ' CASCADE';
                END LOOP;
              END IF;
            END
            $d$
            """);
        drop.ExecuteNonQuery();
    }

    // What a script has just created belongs only to its owner; grant the roles of the database, if there are any, their share of it.
    private static void GrantToRoles(NpgsqlDataSource dataSource)
    {
        using var grant = dataSource.CreateCommand($"""
            DO $d$
            BEGIN
              IF to_regprocedure('{JournalSchema}.grant_roles()') IS NOT NULL THEN
                PERFORM {JournalSchema}.grant_roles();
              END IF;
            END
            $d$
            """);
        grant.ExecuteNonQuery();
    }

    /// <summary>Records the objects that exist now, so that a missing one is noticed later.</summary>
    private static void NoteObjects(NpgsqlDataSource dataSource)
    {
        using var note = dataSource.CreateCommand($"""
            DO $d$
            BEGIN
              IF to_regclass('{JournalSchema}.schema_object') IS NOT NULL THEN
                DELETE FROM {JournalSchema}.schema_object;
                INSERT INTO {JournalSchema}.schema_object (kind, name, definition, server_major)
                SELECT kind, name, definition, current_setting('server_version_num')::integer / 10000 FROM {JournalSchema}.schema_object_now WHERE valid;
              END IF;
            END
            $d$
            """);
        note.ExecuteNonQuery();
    }

    private static MigrationReport Apply(NpgsqlDataSource dataSource, IReadOnlyList<SqlScript> scripts)
    {
        using (var schema = dataSource.CreateCommand($"CREATE SCHEMA IF NOT EXISTS {JournalSchema}"))
        {
            schema.ExecuteNonQuery();
        }

        DropViewsOfALostJournal(dataSource);

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

        if (result.Scripts.Any())
        {
            NoteObjects(dataSource);
            GrantToRoles(dataSource);
        }

        return new MigrationReport([.. result.Scripts.Select(script => script.Name)], scripts[^1].Name);
    }
}
