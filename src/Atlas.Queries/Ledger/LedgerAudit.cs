using System.Collections.Immutable;
using System.Data;
using System.Globalization;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries.Ledger;

/// <summary>Verifies what was learned: that journal, state, archive and registry of every key agree, that every event is unchanged since it
/// was written, and that every session was counted once.</summary>
/// <remarks>It reads one consistent snapshot, so it can run while silos are running. The time depends on the length of the
/// journals.</remarks>
public sealed class LedgerAudit(NpgsqlDataSource dataSource)
{
    private const int MostOfAKind = 100;

    /// <summary>Runs the verification.</summary>
    /// <param name="cancellationToken">Cancels the verification.</param>
    public Task<LedgerReport> ProveAsync(CancellationToken cancellationToken = default) => ProveAsync(null, cancellationToken);

    /// <summary>Runs the verification on a snapshot, and lets other code read the database in the same snapshot.</summary>
    /// <param name="beside">Called first, with the id of a snapshot exported by PostgreSQL, as for <c>pg_dump --snapshot</c>.</param>
    /// <param name="cancellationToken">Cancels the verification.</param>
    public async Task<LedgerReport> ProveAsync(Func<string, Task>? beside, CancellationToken cancellationToken = default)
    {
        var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var connectionDisposal = connection.ConfigureAwait(false);
        var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        await using var momentDisposal = moment.ConfigureAwait(false);

        if (beside is not null)
        {
            using var export = Command(connection, "SET LOCAL idle_in_transaction_session_timeout = 0; SELECT pg_export_snapshot()");
            await beside((string)(await export.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!).ConfigureAwait(false);
        }

        var faults = ImmutableArray.CreateBuilder<LedgerFault>();
        faults.AddRange(await AskAsync(connection, LedgerSql.Chain, Unchained, cancellationToken).ConfigureAwait(false));
        faults.AddRange(await AskAsync(connection, LedgerSql.Archive, Unarchived, cancellationToken).ConfigureAwait(false));
        faults.AddRange(await AskAsync(connection, LedgerSql.CountedTwice, CountedTwice, cancellationToken).ConfigureAwait(false));
        faults.AddRange(await AskAsync(connection, LedgerSql.OldOutbox, Old, cancellationToken).ConfigureAwait(false));
        faults.AddRange(await AskAsync(connection, LedgerSql.Orphans, Orphan, cancellationToken).ConfigureAwait(false));

        ImmutableArray<string> keys;
        using (var list = Command(connection, LedgerSql.Keys))
        {
            keys = await list.ListAsync(row => row.RequiredText("learning_key"), cancellationToken).ConfigureAwait(false);
        }

        foreach (var key in keys)
        {
            faults.AddRange((await KeyProof.OfAsync(connection, key, cancellationToken).ConfigureAwait(false)).Select(sentence => new LedgerFault(key, sentence)));
        }

        using var count = Command(connection, LedgerSql.Counts);
        return (await count.ListAsync(
            row => new LedgerReport(row.Long("keys"), row.Long("events"), row.Long("versions"), row.Long("never_told"), faults.ToImmutable()),
            cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Creates a command without a timeout, because the time depends on the length of the journals.</summary>
    internal static NpgsqlCommand Command(NpgsqlConnection connection, string sql) => new(sql, connection) { CommandTimeout = 0 };

    private static async Task<ImmutableArray<LedgerFault>> AskAsync(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, LedgerFault> read, CancellationToken cancellationToken)
    {
        using var command = Command(connection, sql);
        command.Parameters.Int(MostOfAKind);
        return await command.ListAsync(read, cancellationToken).ConfigureAwait(false);
    }

    private static LedgerFault Unchained(NpgsqlDataReader row)
    {
        var (sequence, before) = (row.Long("sequence"), row.Long("before"));
        return new LedgerFault(row.RequiredText("learning_key"), FormattableString.Invariant(sequence != before + 1
            ? (FormattableString)$"Event {sequence} ({row.RequiredText("event_type")}) follows event {before}: what was between them is gone."
            : $"Event {sequence} ({row.RequiredText("event_type")}) is not what was written: it, or the hash of the event before it, was changed."));
    }

    private static LedgerFault Unarchived(NpgsqlDataReader row) => new(
        row.RequiredText("learning_key"),
        FormattableString.Invariant(row.Flag("no_version")
            ? (FormattableString)$"Version {row.Int("version")} is in the journal and not in the archive (playbook_versions)."
            : row.Flag("no_event")
                ? (FormattableString)$"Version {row.Int("version")} is in the archive (playbook_versions), and no event of the journal made it."
                : $"Version {row.Int("version")} says something else in the archive (playbook_versions) than in the journal."));

    private static LedgerFault CountedTwice(NpgsqlDataReader row) => new(
        row.RequiredText("learning_key"), FormattableString.Invariant($"Session {row.Long("session_id")} was counted {row.Int("times")} times."));

    private static LedgerFault Orphan(NpgsqlDataReader row) => new(
        null,
        FormattableString.Invariant($"{row.Long("events")} events belong to session {row.LongOrNull("session_id")?.ToString(CultureInfo.InvariantCulture) ?? "(none)"}, which is not there (trajectory_events)."));

    private static LedgerFault Old(NpgsqlDataReader row) => new(
        row.RequiredText("learning_key"),
        FormattableString.Invariant($"Session {row.Long("session_id")} has waited to be told to its key since {row.Time("created_at").UtcDateTime:yyyy-MM-dd HH:mm}Z (learning_outbox)."));
}
