using Microsoft.Extensions.Options;
using Npgsql;

namespace Atlas.Http.Door;

/// <summary>Deletes requests with an <c>Idempotency-Key</c> that are too old to be repeated, at most once an hour.</summary>
internal sealed class OldRequests(NpgsqlDataSource database, IOptions<AtlasHttpOptions> options, TimeProvider time)
{
    private const int Batch = 1000;
    private const int PauseSeconds = 3600;

    private const string CleanSome = """
        WITH old AS (
          DELETE FROM public.api_requests WHERE operation_id IN (
            SELECT operation_id FROM public.api_requests WHERE created_at < now() - $1 ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)
          RETURNING operation_id),
        numbers AS (DELETE FROM public.api_appends a USING old WHERE a.operation_id = old.operation_id)
        SELECT count(*) = $2 FROM old
        """;

    // Earlier releases kept the numbers of refused appends without their requests.
    private const string CleanNumbers = """
        WITH old AS (
          DELETE FROM public.api_appends WHERE operation_id IN (
            SELECT operation_id FROM public.api_appends a
             WHERE created_at < now() - $1 AND NOT EXISTS (SELECT 1 FROM public.api_requests r WHERE r.operation_id = a.operation_id)
             LIMIT $2 FOR UPDATE SKIP LOCKED)
          RETURNING operation_id)
        SELECT count(*) = $2 FROM old
        """;

    private long _cleanedAt;

    /// <summary>Deletes them in small parts, so that no part holds up a request.</summary>
    public async Task CleanAsync()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var before = Interlocked.Read(ref _cleanedAt);
        if (now - before < PauseSeconds || Interlocked.CompareExchange(ref _cleanedAt, now, before) != before)
        {
            return;
        }

        try
        {
            while (await CleanSomeAsync(CleanSome).ConfigureAwait(false) || await CleanSomeAsync(CleanNumbers).ConfigureAwait(false))
            {
                // Each part ends before the next one begins.
            }
        }
        catch (Exception failure) when (failure is NpgsqlException or ObjectDisposedException)
        {
            // The next run tries again, or that of another silo.
        }
    }

    private async Task<bool> CleanSomeAsync(string sql)
    {
        var command = database.CreateCommand(sql);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = TimeSpan.FromHours(options.Value.IdempotencyHours) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        return await command.ExecuteScalarAsync().ConfigureAwait(false) is true;
    }
}
