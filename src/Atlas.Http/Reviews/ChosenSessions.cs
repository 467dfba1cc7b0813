using Atlas.Http.Door;
using Npgsql;

namespace Atlas.Http.Reviews;

/// <summary>Chooses the sessions that a decision for many is about, once for each operation: a repeated request, even after a crash,
/// decides the same ones.</summary>
internal sealed class ChosenSessions(Backend backend)
{
    private const string Choose =
        "UPDATE public.api_requests SET session_ids = coalesce(session_ids, $2) WHERE operation_id = $1 RETURNING session_ids";

    /// <summary>Returns the sessions that the operation is about.</summary>
    /// <param name="operation">The operation; null for a request that cannot be repeated.</param>
    /// <param name="matching">The sessions that match now.</param>
    public async Task<long[]> OfAsync(Operation? operation, long[] matching)
    {
        if (operation is null)
        {
            return matching;
        }

        var command = backend.Database.CreateCommand(Choose);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = operation.Id });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = matching });
        return await command.ExecuteScalarAsync().ConfigureAwait(false) is long[] chosen ? chosen : matching;
    }
}
