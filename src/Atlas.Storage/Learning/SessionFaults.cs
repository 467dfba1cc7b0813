using Atlas.Domain.Json;
using System.Collections.Immutable;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Learning;

/// <summary>Stores faults of Atlas itself while a session was completed, judged or counted.</summary>
public sealed class SessionFaults(NpgsqlDataSource dataSource)
{
    private const int LongestText = 1000;

    /// <summary>Records a fault; a known one is counted again.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="stage"><c>completion</c>, <c>judgement</c>, <c>counting</c> or <c>review</c>.</param>
    /// <param name="learningKey">Its learning key; null for none.</param>
    /// <param name="fault">The description of the fault; cut after 1,000 characters.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    public async Task RecordAsync(
        long sessionId, string stage, string? learningKey, string fault, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var command = dataSource.CreateCommand("""
            INSERT INTO public.session_faults (session_id, stage, learning_key, fault) VALUES ($1, $2, $3, $4)
            ON CONFLICT (session_id, stage) DO UPDATE
              SET fault = excluded.fault, times = session_faults.times + 1, last_at = now()
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Text(stage).Text(learningKey)
            .Text(StorableText.Plain(fault.Length <= LongestText ? fault : fault[..LongestText]));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the open faults, newest first: those of sessions that are not counted yet, or that nobody has reviewed
    /// since.</summary>
    public async Task<ImmutableArray<SessionFault>> OpenAsync(int limit, CancellationToken cancellationToken = default)
    {
        var command = dataSource.CreateCommand("""
            SELECT f.session_id, f.stage, f.learning_key, f.fault, f.times, f.last_at, count(*) OVER () AS of
              FROM public.session_faults f
              JOIN public.sessions s ON s.id = f.session_id
             WHERE CASE f.stage WHEN 'counting' THEN EXISTS (SELECT 1 FROM public.learning_outbox o WHERE o.session_id = s.id)
                                ELSE s.reviewed_at IS NULL END
             ORDER BY f.last_at DESC, f.session_id DESC LIMIT $1
            """);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Int(Math.Max(0, limit));
        return await command.ListAsync(
            row => new SessionFault(
                row.Long("session_id"), row.RequiredText("stage"), row.Text("learning_key"), row.RequiredText("fault"),
                (int)row.Long("times"), row.Time("last_at"), row.Long("of")),
            cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>A fault while a session was completed, judged or counted.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Stage"><c>completion</c>, <c>judgement</c> or <c>counting</c>.</param>
/// <param name="LearningKey">Its learning key; null for none.</param>
/// <param name="Fault">The description of the fault.</param>
/// <param name="Times">How often it occurred.</param>
/// <param name="LastAt">When it last occurred.</param>
/// <param name="Of">The total number of open faults.</param>
public sealed record SessionFault(
    long SessionId, string Stage, string? LearningKey, string Fault, int Times, DateTimeOffset LastAt, long Of);
