using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Writes the records of a running session: plan, steps, usage.</summary>
internal sealed class SessionRecordWriter(NpgsqlDataSource dataSource)
{
    private const string UpsertPlan = """
        INSERT INTO public.plans (session_id, plan) VALUES ($1, $2)
        ON CONFLICT (session_id) DO UPDATE SET plan = excluded.plan
        """;

    private const string UpsertStep = """
        INSERT INTO public.step_results (session_id, step_id, trace, output, evaluation, attempts, metadata)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (session_id, step_id) DO UPDATE
           SET trace = excluded.trace, output = excluded.output, evaluation = excluded.evaluation,
               attempts = excluded.attempts, metadata = excluded.metadata
        """;

    private const string InsertAttempts = """
        INSERT INTO public.step_attempts (session_id, step_id, attempt, evaluation)
        SELECT $1, $2, a.number, a.evaluation::jsonb FROM unnest($3) WITH ORDINALITY AS a (evaluation, number)
        """;

    private const string InsertGuidance = """
        INSERT INTO public.guidance_notes (session_id, step_id, sequence, note)
        SELECT $1, $2, g.number, g.note FROM unnest($3) WITH ORDINALITY AS g (note, number)
        """;

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

    public async Task SavePlanAsync(long sessionId, SessionPlan plan, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand(UpsertPlan);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Long(sessionId).Json(plan, "The plan");
        await SessionErrors.GuardAsync(sessionId, command.ExecuteNonQueryAsync(cancellationToken)).ConfigureAwait(false);
    }

    public async Task SaveStepAsync(long sessionId, StepRecord step, CancellationToken cancellationToken)
    {
        var attempts = (step.Attempts.IsDefault ? [] : step.Attempts).Select(Evaluation).ToArray();

        // A batch is one transaction: the step is replaced as a whole or not at all.
        var batch = dataSource.CreateBatch();
        await using var batchDisposal = batch.ConfigureAwait(false);
        Add(batch, UpsertStep).Long(sessionId).Int(step.StepId).Text(StorableText.Plain(step.Trace)).Text(StorableText.Plain(step.Output))
            .Json(Evaluation(step.Evaluation)).Int(Math.Max(1, attempts.Length))
            .Json(JsonText.ObjectOrNull(step.Metadata, "The step's metadata"));
        Add(batch, "DELETE FROM public.step_attempts WHERE session_id = $1 AND step_id = $2").Long(sessionId).Int(step.StepId);
        Add(batch, InsertAttempts).Long(sessionId).Int(step.StepId).Texts(attempts);
        Add(batch, "DELETE FROM public.guidance_notes WHERE session_id = $1 AND step_id = $2").Long(sessionId).Int(step.StepId);
        Add(batch, InsertGuidance).Long(sessionId).Int(step.StepId).Texts((step.Guidance.IsDefault ? [] : step.Guidance).Select(StorableText.Plain));
        await SessionErrors.GuardAsync(sessionId, batch.ExecuteNonQueryAsync(cancellationToken)).ConfigureAwait(false);
    }

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

    private static string? Evaluation(StepEvaluation? evaluation) =>
        evaluation is null ? null : JsonText.Object(JsonSerializer.Serialize(evaluation, AtlasJson.Options), "The step's evaluation");

    private static NpgsqlParameterCollection Add(NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command.Parameters;
    }
}
