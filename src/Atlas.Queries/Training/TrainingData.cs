using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Atlas.Learning.Training;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries.Training;

/// <summary>Reads sessions for training, newest first. Memory contains one page, however many sessions there are, and sessions that arrive
/// meanwhile do not shift the pages.</summary>
public sealed class TrainingData(NpgsqlDataSource dataSource)
{
    private readonly TrainingDetails _details = new(dataSource);

    /// <summary>Reads sessions that pass the filter.</summary>
    public async IAsyncEnumerable<TrainingSession> ReadAsync(
        TrainingFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var page in PagesAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            foreach (var session in page)
            {
                yield return session;
            }
        }
    }

    /// <summary>Reads them in pages of at most <see cref="TrainingFilter.PageSize"/> sessions, none of them empty.</summary>
    public async IAsyncEnumerable<ImmutableArray<TrainingSession>> PagesAsync(
        TrainingFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Check(filter);
        var left = filter.Limit ?? int.MaxValue;
        var position = filter.Before;
        var offset = filter.Offset;
        while (left > 0)
        {
            var wanted = Math.Min(filter.PageSize, left);
            var rows = await RowsAsync(filter, position, offset, wanted, cancellationToken).ConfigureAwait(false);
            if (rows.IsEmpty)
            {
                yield break;
            }

            yield return await _details.AddAsync(rows, filter, cancellationToken).ConfigureAwait(false);
            position = new TrainingPosition(rows[^1].CreatedAt, rows[^1].Id);
            offset = 0;
            left -= rows.Length;
            if (rows.Length < wanted)
            {
                yield break;
            }
        }
    }

    /// <summary>Counts the sessions that pass the filter; its limit and offset are ignored.</summary>
    public async Task<long> CountAsync(TrainingFilter filter, CancellationToken cancellationToken = default)
    {
        Check(filter);
        var command = dataSource.CreateCommand();
        await using var commandDisposal = command.ConfigureAwait(false);
        command.CommandText = $"SELECT count(*) FROM public.sessions s WHERE {TrainingConditions.Write(filter, command.Parameters)}";
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Finds a session, whatever its review status; null if it does not exist.</summary>
    public async Task<TrainingSession?> FindAsync(long sessionId, CancellationToken cancellationToken = default)
    {
        await foreach (var session in ReadAsync(new TrainingFilter { SessionIds = [sessionId], ReviewStatuses = [] }, cancellationToken)
                           .ConfigureAwait(false))
        {
            return session;
        }

        return null;
    }

    /// <summary>Returns the position of the session with an ordinal number, from 1, over all sessions or one key's; null if there are
    /// fewer.</summary>
    public async Task<TrainingPosition?> PositionAsync(int number, string? learningKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        var command = dataSource.CreateCommand("""
            SELECT created_at, id::bigint AS id FROM public.sessions WHERE $1 IS NULL OR stored_learning_key = $1
             ORDER BY created_at DESC, id DESC OFFSET $2 LIMIT 1
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Text(learningKey).Int(number - 1);
        return await command.FirstAsync(row => new TrainingPosition(row.Time("created_at"), row.Long("id")), cancellationToken).ConfigureAwait(false);
    }

    private async Task<ImmutableArray<TrainingSession>> RowsAsync(
        TrainingFilter filter, TrainingPosition? position, int offset, int limit, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand();
        await using var commandDisposal = command.ConfigureAwait(false);
        var condition = TrainingConditions.Write(filter, command.Parameters);
        var next = command.Parameters.Count + 1;
        command.Parameters.Time(position?.CreatedAt).Long(position?.Id).Int(offset).Int(limit)
            .Time(filter.Through?.CreatedAt).Long(filter.Through?.Id).Text(filter.LearningKey);

        // Use the key's own column in addition to the original's expression: its index has a key's sessions in this order.
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"""
            SELECT s.id::bigint AS id, s.task, s.status, s.review_status, s.review_notes, s.final_answer, s.created_at, s.completed_at,
                   s.metadata, s.reward, s.reward_stats, s.reward_audit, s.student_learning, s.teacher_learning, s.playbook_version, p.plan
              FROM public.sessions s
              LEFT JOIN public.plans p ON p.session_id = s.id
             WHERE {condition} AND (${next} IS NULL OR (created_at, id) < (${next}, ${next + 1}))
               AND (${next + 4} IS NULL OR (created_at, id) >= (${next + 4}, ${next + 5}))
               AND (${next + 6} IS NULL OR s.stored_learning_key = ${next + 6})
             ORDER BY s.created_at DESC, s.id DESC
            OFFSET ${next + 2} LIMIT ${next + 3}
            """);
        return await command.ListAsync(row => TrainingRows.Session(row, filter.IncludeLearningData), cancellationToken).ConfigureAwait(false);
    }

    private static void Check(TrainingFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.MostEvents, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(filter.Offset);
    }
}
