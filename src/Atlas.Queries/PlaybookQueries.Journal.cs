using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Queries.Keys;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries;

public sealed partial class PlaybookQueries
{
    /// <summary>Returns the journal of a key in order.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="after">Only events after this number: the last of the previous page. Null for the first page.</param>
    /// <param name="limit">The largest number of events.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<JournalEvent>> JournalAsync(
        string learningKey, long? after = null, int limit = 1000, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand("""
            SELECT learning_key, sequence, event_type, session_id, author, occurred_at, event FROM public.learning_journal
             WHERE learning_key = $1 AND ($2 IS NULL OR sequence > $2) ORDER BY sequence LIMIT $3
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Long(after).Int(Math.Max(0, limit));
        return await command.ListAsync(ReadEvent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns people's decisions on a key other than making versions, such as staging, promoting, pinning and freezing; newest
    /// first.</summary>
    /// <param name="learningKey">The key.</param>
    /// <param name="limit">The largest number of decisions.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<ImmutableArray<JournalEvent>> SwitchesAsync(
        string learningKey, int limit = 100, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand("""
            SELECT learning_key, sequence, event_type, session_id, author, occurred_at, event - 'playbook' AS event
              FROM public.learning_journal
             WHERE learning_key = $1
               AND event_type IN ('key_staged', 'key_unstaged', 'version_promoted', 'version_pinned', 'version_unpinned',
                                  'key_frozen', 'key_unfrozen', 'entries_judged', 'entry_standing_set', 'canary_begun',
                                  'canary_concluded', 'alarm_raised', 'alarm_closed',
                                  'experiment_started', 'experiment_decided', 'experiment_ended')
             ORDER BY sequence DESC LIMIT $2
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Int(Math.Max(0, limit));
        return await command.ListAsync(ReadEvent, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the newest event of a key with its hash, which covers it and all earlier ones; null for a key without a
    /// journal.</summary>
    public async Task<JournalHead?> HeadAsync(string learningKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        var command = dataSource.CreateCommand(
            "SELECT sequence, encode(sha256, 'hex') AS sha256 FROM public.learning_journal WHERE learning_key = $1 ORDER BY sequence DESC LIMIT 1");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey);
        return await command.FirstAsync(row => new JournalHead(row.Long("sequence"), row.RequiredText("sha256")), cancellationToken).ConfigureAwait(false);
    }

    private static JournalEvent ReadEvent(NpgsqlDataReader row) => new(
        row.RequiredText("learning_key"), row.Long("sequence"), row.RequiredText("event_type"), row.LongOrNull("session_id"),
        row.Text("author"), row.Time("occurred_at"), row.Json("event") ?? default);

    /// <summary>Returns the change to a key that an operation made; null for none.</summary>
    public async Task<OperationRecord?> FindOperationAsync(string learningKey, string operationId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(learningKey);
        ArgumentNullException.ThrowIfNull(operationId);
        var command = dataSource.CreateCommand("""
            SELECT max(sequence) AS sequence,
                   max((event ->> 'version')::integer) FILTER (WHERE event_type = 'playbook_changed') AS version,
                   max((event ->> 'number')::integer) FILTER (WHERE event_type IN ('experiment_started', 'experiment_ended')) AS experiment
              FROM public.learning_journal WHERE learning_key = $1 AND event ->> 'operation_id' = $2
            HAVING count(*) > 0
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Text(operationId);
        return await command.FirstAsync(
            row => new OperationRecord(row.Long("sequence"), row.Int("version"), row.Int("experiment")), cancellationToken).ConfigureAwait(false);
    }
}
