using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Reads how far the events of a session are numbered.</summary>
internal sealed class SessionNumbering(NpgsqlDataSource dataSource)
{
    private const string Numbers = """
        SELECT (SELECT coalesce(max(sequence), -1) + 1 FROM public.trajectory_events WHERE session_id = $1) AS next,
               coalesce((SELECT next_sequence FROM public.session_numbering WHERE session_id = $1), 0) AS reserved
        """;

    public async Task<(int Next, int Reserved)> ReadAsync(long sessionId, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(Numbers);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId);
        return (await command.ListAsync(row => (row.Int("next") ?? 0, row.Int("reserved") ?? 0), cancellationToken).ConfigureAwait(false))[0];
    }
}
