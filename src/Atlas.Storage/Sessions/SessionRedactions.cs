using System.Collections.Immutable;
using Atlas.Learning.Redaction;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Stores what was found in the records of a session: kinds and places.</summary>
internal sealed class SessionRedactions(NpgsqlDataSource dataSource)
{
    // A repeated message has the same places and the same findings.
    private const string Upsert = """
        INSERT INTO public.session_redactions AS r (session_id, place, kind, times, taken_out)
        SELECT $1, f.place, f.kind, f.times, $5 FROM unnest($2, $3, $4) AS f (place, kind, times)
        ON CONFLICT (session_id, place, kind) DO UPDATE SET times = excluded.times, taken_out = excluded.taken_out
         WHERE (r.times, r.taken_out) IS DISTINCT FROM (excluded.times, excluded.taken_out)
        """;

    public async Task NoteAsync(long sessionId, ImmutableArray<Finding> findings, bool takenOut, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(Upsert);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Texts(findings.Select(found => found.Place)).Texts(findings.Select(found => found.Kind))
            .Ints(findings.Select(found => found.Times)).Bool(takenOut);
        await SessionErrors.GuardAsync(sessionId, command.ExecuteNonQueryAsync(cancellationToken)).ConfigureAwait(false);
    }
}
