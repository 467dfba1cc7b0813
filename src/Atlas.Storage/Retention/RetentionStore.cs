using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Retention;

/// <summary>Creates partitions of trajectory events in advance, and removes what is old enough by a policy.</summary>
/// <remarks>Every step is its own transaction and can be made by several silos concurrently, or again after a crash. A session is never
/// removed while it is running, before its key has been told about it, or while it waits for a judge.</remarks>
public sealed class RetentionStore(NpgsqlDataSource dataSource)
{
    /// <summary>The number of sessions that one statement processes.</summary>
    private const int Batch = 1_000;

    /// <summary>How much longer events among newer ones are kept, so that their partition can be dropped as a whole.</summary>
    private const double Patience = 1.25;

    private const string PastWithEvents = "SELECT id FROM orleans.past_sessions_with_events($1, $2, $3, $4) AS p (id)";

    private const string Past = """
        SELECT s.id::bigint AS id FROM public.sessions s
         WHERE s.id > $3 AND s.created_at < $1 AND s.id <> ALL ($2) AND orleans.is_past(s, $1) ORDER BY s.id LIMIT $4
        """;

    /// <summary>Creates the next partition if the last one is half full.</summary>
    /// <returns>Its name; null if there is room, or if its lock was not available: events still have a place until the next
    /// attempt.</returns>
    public async Task<string?> MakePartitionAsync(CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("SELECT orleans.make_event_partition()");
        await using var commandDisposal = command.ConfigureAwait(false);
        try
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return null;
        }
    }

    /// <summary>Returns what a policy would remove.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<RetentionPlan> PlanAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var kept = await KeptAsync(policy, cancellationToken).ConfigureAwait(false);
        ImmutableArray<RetiredPartition> partitions = [];
        long rows = 0, sessions = 0;
        if (policy.Events is { } events)
        {
            partitions = await PastPartitionsAsync(now - events, kept, cancellationToken).ConfigureAwait(false);
            rows = await CountAsync(PastWithEvents, now - (events * Patience), kept, cancellationToken).ConfigureAwait(false);
        }

        if (policy.Sessions is { } age)
        {
            sessions = await CountAsync(Past, now - age, kept, cancellationToken).ConfigureAwait(false);
        }

        return new RetentionPlan(partitions, rows, sessions, kept.Length);
    }

    /// <summary>Removes what is old enough by a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels between two steps.</param>
    public async Task<RetentionOutcome> ApplyAsync(RetentionPolicy policy, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.KeepsAll)
        {
            return new RetentionOutcome(0, 0, 0);
        }

        var kept = await KeptAsync(policy, cancellationToken).ConfigureAwait(false);
        var (partitions, events, sessions) = (0, 0L, 0L);
        if (policy.Events is { } age)
        {
            foreach (var partition in await PastPartitionsAsync(now - age, kept, cancellationToken).ConfigureAwait(false))
            {
                if (await DropAsync(partition.Name, kept, cancellationToken).ConfigureAwait(false) is { } gone)
                {
                    (partitions, events) = (partitions + 1, events + gone);
                }
            }

            events += await InBatchesAsync(
                PastWithEvents, now - (age * Patience), kept, "WITH gone AS (DELETE FROM public.trajectory_events WHERE session_id = ANY ($1) RETURNING 1) SELECT count(*) FROM gone",
                cancellationToken).ConfigureAwait(false);
        }

        if (policy.Sessions is { } longest)
        {
            sessions = await InBatchesAsync(Past, now - longest, kept, "SELECT public.remove_sessions($1)", cancellationToken).ConfigureAwait(false);
        }

        return new RetentionOutcome(partitions, events, sessions);
    }

    private async Task<ImmutableArray<long>> KeptAsync(RetentionPolicy policy, CancellationToken cancellationToken)
    {
        if (!policy.KeepCited || policy.KeepsAll)
        {
            return [];
        }

        var command = Command("SELECT id FROM orleans.cited_sessions() AS c (id) UNION SELECT session_id FROM orleans.judge_panel ORDER BY 1");
        await using var commandDisposal = command.ConfigureAwait(false);
        return await command.ListAsync(row => row.Long("id"), cancellationToken).ConfigureAwait(false);
    }

    private async Task<ImmutableArray<RetiredPartition>> PastPartitionsAsync(DateTimeOffset before, ImmutableArray<long> kept, CancellationToken cancellationToken)
    {
        var command = Command("SELECT name, events, kept_events, bytes FROM orleans.past_event_partitions($1, $2)");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Time(before).Longs(kept);
        return await command.ListAsync(
            row => new RetiredPartition(row.RequiredText("name"), row.Long("events") - row.Long("kept_events"), row.Long("kept_events"), row.Long("bytes")),
            cancellationToken).ConfigureAwait(false);
    }

    // Returns null if it is gone, or if a long-running reader, such as a backup, uses it: then the next sweep drops it.
    private async Task<long?> DropAsync(string name, ImmutableArray<long> kept, CancellationToken cancellationToken)
    {
        var command = Command("SELECT orleans.drop_event_partition($1, $2)");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(name).Longs(kept);
        try
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as long?;
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return null;
        }
    }

    private async Task<long> InBatchesAsync(string find, DateTimeOffset before, ImmutableArray<long> kept, string remove, CancellationToken cancellationToken)
    {
        var (removed, behind) = (0L, 0L);
        while (true)
        {
            var ids = await BatchAsync(find, before, kept, behind, Batch, cancellationToken).ConfigureAwait(false);
            if (ids.IsEmpty)
            {
                return removed;
            }

            var command = Command(remove);
            await using (command.ConfigureAwait(false))
            {
                command.Parameters.Longs(ids);
                removed += await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as long? ?? 0;
            }

            behind = ids[^1];
        }
    }

    private async Task<long> CountAsync(string find, DateTimeOffset before, ImmutableArray<long> kept, CancellationToken cancellationToken)
    {
        var command = Command($"SELECT count(*) AS found FROM ({find}) f");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Time(before).Longs(kept).Long(0).Int(int.MaxValue);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as long? ?? 0;
    }

    private async Task<ImmutableArray<long>> BatchAsync(
        string find, DateTimeOffset before, ImmutableArray<long> kept, long behind, int most, CancellationToken cancellationToken)
    {
        var command = Command(find);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Time(before).Longs(kept).Long(behind).Int(most);
        return await command.ListAsync(row => row.Long("id"), cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlCommand Command(string sql)
    {
        var command = dataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        return command;
    }
}
