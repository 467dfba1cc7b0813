using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Stores until when running sessions can be silent. Times are those of the callers' clocks.</summary>
internal sealed class SessionLeases(NpgsqlDataSource dataSource)
{
    public async Task RenewAsync(long sessionId, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(
            "UPDATE public.sessions SET lease_until = $2 WHERE id = $1 AND status = 'running' AND lease_until < $2");
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Time(until);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<ImmutableArray<long>> LapsedAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand("""
            SELECT id::bigint AS id FROM public.sessions
             WHERE status = 'running' AND lease_until IS NOT NULL AND lease_until <= $1 ORDER BY lease_until LIMIT $2
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Time(now).Int(Math.Max(0, limit));
        return await command.ListAsync(row => row.Long("id"), cancellationToken).ConfigureAwait(false);
    }
}
