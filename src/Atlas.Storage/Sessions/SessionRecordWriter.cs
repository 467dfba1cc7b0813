using Atlas.Domain.Json;
using Atlas.Domain.Usage;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Writes notes and usage of a session.</summary>
internal sealed class SessionRecordWriter(NpgsqlDataSource dataSource)
{
    // A note that already exists is a repeated call.
    private const string AddGuidance = """
        INSERT INTO public.guidance_notes (session_id, step_id, sequence, note)
        SELECT $1, $2, coalesce(max(sequence), 0) + 1, $3 FROM public.guidance_notes WHERE session_id = $1 AND step_id = $2
        HAVING count(*) FILTER (WHERE note = $3) = 0
        """;

    // The notes have their own columns and, for older readers, are in the metadata too.
    private const string SaveNotes = """
        UPDATE public.sessions
           SET student_learning = coalesce($2, student_learning), teacher_learning = coalesce($3, teacher_learning),
               metadata = CASE WHEN jsonb_typeof(metadata) = 'object' THEN metadata ELSE '{}' END || jsonb_strip_nulls(jsonb_build_object(
                 'student_learning', $2, 'teacher_learning', $3,
                 'session_learning_note', nullif(concat_ws(' ', 'Student: ' || $2, 'Teacher: ' || $3), '')))
         WHERE id = $1
        """;

    private const string MergeMetadata = """
        UPDATE public.sessions
           SET metadata = CASE WHEN jsonb_typeof(metadata) = 'object' THEN metadata ELSE '{}' END || $2
         WHERE id = $1
        """;

    public async Task AddGuidanceAsync(long sessionId, int stepId, string note, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(AddGuidance);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Int(stepId).Text(StorableText.Plain(note));
        await SessionErrors.GuardAsync(sessionId, command.ExecuteNonQueryAsync(cancellationToken)).ConfigureAwait(false);
    }

    public async Task SaveUsageAsync(long sessionId, UsageSnapshot usage, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(MergeMetadata);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Json(new { LearningUsage = usage }, "The usage");
        if (await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 0)
        {
            throw new UnknownSessionException(sessionId);
        }
    }

    public async Task SaveNotesAsync(long sessionId, string? student, string? teacher, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(SaveNotes);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Text(StorableText.Plain(student)).Text(StorableText.Plain(teacher));
        if (await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 0)
        {
            throw new UnknownSessionException(sessionId);
        }
    }
}
