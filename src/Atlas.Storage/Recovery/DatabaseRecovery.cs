using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Atlas.Storage.Migrations;
using Npgsql;

namespace Atlas.Storage.Recovery;

/// <summary>What to check in a database before a backup replaces it, and what to do afterwards.</summary>
public sealed class DatabaseRecovery(NpgsqlDataSource dataSource)
{
    /// <summary>The session numbers to skip, so that none assigned after the backup is assigned again.</summary>
    private const int SkippedNumbers = 100_000;

    /// <summary>Returns the names of silos with a sign of life within the last minute; empty also if there are no tables yet.</summary>
    public async Task<ImmutableArray<string>> LiveSilosAsync(CancellationToken cancellationToken = default)
    {
        if (!await HasTablesAsync(cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        var command = dataSource.CreateCommand(
            "SELECT silo_name FROM orleans.cluster_member WHERE status = 3 AND alive_at > now() - interval '1 minute' ORDER BY silo_name");
        await using var commandDisposal = command.ConfigureAwait(false);
        return await command.ListAsync(row => row.RequiredText("silo_name"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the database contains anything that a backup would replace.</summary>
    public async Task<bool> IsUsedAsync(CancellationToken cancellationToken = default)
    {
        if (!await HasTablesAsync(cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var command = dataSource.CreateCommand("SELECT EXISTS (SELECT 1 FROM public.sessions) OR EXISTS (SELECT 1 FROM orleans.grain_state)");
        await using var commandDisposal = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    /// <summary>Whether the server is still recovering to a point in time, or waits at it.</summary>
    public async Task<bool> IsRecoveringAsync(CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("SELECT pg_is_in_recovery()");
        await using var commandDisposal = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    /// <summary>Makes a restored database ready for use: migrates it to the newest script, removes the silos of that time, and continues
    /// with session numbers that were never assigned.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken = default)
    {
        await MigrationRunner.ApplyAsync(dataSource, cancellationToken).ConfigureAwait(false);
        var command = dataSource.CreateCommand($"""
            DELETE FROM orleans.cluster_member;
            SELECT setval(s.name, (SELECT last_value FROM public.sessions_id_seq) + {SkippedNumbers})
              FROM (SELECT pg_get_serial_sequence('public.sessions', 'id') AS name) s WHERE EXISTS (SELECT 1 FROM public.sessions);
            SELECT orleans.make_event_partition();
            SELECT orleans.grant_roles()
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Migrates the database to the newest script as its owner, and grants the roles of silos and clients their
    /// permissions.</summary>
    /// <exception cref="MigrationException">A script failed.</exception>
    public async Task<MigrationReport> PrepareAsync(CancellationToken cancellationToken = default)
    {
        var report = await MigrationRunner.ApplyAsync(dataSource, cancellationToken).ConfigureAwait(false);
        var command = dataSource.CreateCommand("SELECT orleans.grant_roles()");
        await using var commandDisposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return report;
    }

    private async Task<bool> HasTablesAsync(CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand("SELECT to_regclass('orleans.grain_state') IS NOT NULL AND to_regclass('public.sessions') IS NOT NULL");
        await using var commandDisposal = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }
}
