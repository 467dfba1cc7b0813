using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Atlas.Storage.Migrations;
using Npgsql;

namespace Atlas.Storage.Recovery;

/// <summary>What has to be known of a database before a backup takes its place, and done after it.</summary>
public sealed class DatabaseRecovery(NpgsqlDataSource dataSource)
{
    /// <summary>Numbers of sessions that are left out, so that none that was given after the backup is given again.</summary>
    private const int SkippedNumbers = 100_000;

    /// <summary>Names of silos that gave a sign of life within the last minute; empty also where there are no tables yet.</summary>
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

    /// <summary>Whether anything is stored that a backup would take the place of.</summary>
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

    /// <summary>Makes a database that was put back fit to be used: brings it to the newest script, forgets the silos of then, and goes on with numbers of sessions
    /// that were never given.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken = default)
    {
        await MigrationRunner.ApplyAsync(dataSource, cancellationToken).ConfigureAwait(false);
        var command = dataSource.CreateCommand($"""
            DELETE FROM orleans.cluster_member;
            SELECT setval(s.name, (SELECT last_value FROM public.sessions_id_seq) + {SkippedNumbers})
              FROM (SELECT pg_get_serial_sequence('public.sessions', 'id') AS name) s WHERE EXISTS (SELECT 1 FROM public.sessions);
            SELECT orleans.grant_roles()
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> HasTablesAsync(CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand("SELECT to_regclass('orleans.grain_state') IS NOT NULL AND to_regclass('public.sessions') IS NOT NULL");
        await using var commandDisposal = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }
}
