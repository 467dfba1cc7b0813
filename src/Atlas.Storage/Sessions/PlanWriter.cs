using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Storage.Connection;
using Atlas.Storage.Json;
using Npgsql;

namespace Atlas.Storage.Sessions;

/// <summary>Writes plans and steps. Those of many sessions share statements.</summary>
internal sealed class PlanWriter
{
    private const string UpsertPlans = """
        INSERT INTO public.plans (session_id, plan) SELECT session_id, plan::jsonb FROM unnest($1, $2) AS p (session_id, plan)
        ON CONFLICT (session_id) DO UPDATE SET plan = excluded.plan
        """;

    // One statement, so a step is replaced as a whole or not at all. What an earlier record had more of is deleted.
    private const string UpsertSteps = """
        WITH given AS MATERIALIZED (
          SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS s (session_id, step_id, trace, output, evaluation, metadata, attempts, notes)),
        stored AS (
          INSERT INTO public.step_results (session_id, step_id, trace, output, evaluation, attempts, metadata)
          SELECT session_id, step_id, trace, output, evaluation::jsonb, greatest(attempts, 1), metadata::jsonb FROM given
          ON CONFLICT (session_id, step_id) DO UPDATE
             SET trace = excluded.trace, output = excluded.output, evaluation = excluded.evaluation, attempts = excluded.attempts,
                 metadata = excluded.metadata),
        tried AS (
          INSERT INTO public.step_attempts (session_id, step_id, attempt, evaluation)
          SELECT session_id, step_id, attempt, evaluation::jsonb FROM unnest($9, $10, $11, $12) AS a (session_id, step_id, attempt, evaluation)
          ON CONFLICT (session_id, step_id, attempt) DO UPDATE SET evaluation = excluded.evaluation),
        noted AS (
          INSERT INTO public.guidance_notes (session_id, step_id, sequence, note)
          SELECT * FROM unnest($13, $14, $15, $16) AS n (session_id, step_id, sequence, note)
          ON CONFLICT (session_id, step_id, sequence) DO UPDATE SET note = excluded.note),
        untried AS (
          DELETE FROM public.step_attempts a USING given g
           WHERE a.session_id = g.session_id AND a.step_id = g.step_id AND a.attempt > g.attempts)
        DELETE FROM public.guidance_notes n USING given g
         WHERE n.session_id = g.session_id AND n.step_id = g.step_id AND n.sequence > g.notes
        """;

    private readonly NpgsqlDataSource _dataSource;
    private readonly GatheredStatement<Plan, bool> _plans;
    private readonly GatheredStatement<Step, bool> _steps;

    public PlanWriter(NpgsqlDataSource dataSource)
    {
        _dataSource = dataSource;
        _plans = new(SaveAsync, plan => plan.Json.Length);
        _steps = new(SaveAsync, step => step.Characters);
    }

    public Task SavePlanAsync(long sessionId, SessionPlan plan, CancellationToken cancellationToken) =>
        SessionErrors.GuardAsync(sessionId, _plans.RunAsync(new Plan(sessionId, SqlParameters.JsonOf(plan, "The plan")), cancellationToken));

    public Task SaveStepAsync(long sessionId, StepRecord step, CancellationToken cancellationToken) =>
        SessionErrors.GuardAsync(sessionId, _steps.RunAsync(Step.Of(sessionId, step), cancellationToken));

    private async Task<IReadOnlyList<bool>> SaveAsync(IReadOnlyList<Plan> all)
    {
        // A row can be written only once in a statement; of two plans of a session, the later one stays.
        var plans = all.Reverse().DistinctBy(plan => plan.SessionId).ToArray();
        var command = _dataSource.CreateCommand(UpsertPlans);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Longs(plans.Select(plan => plan.SessionId)).Texts(plans.Select(plan => plan.Json));
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        return new bool[all.Count];
    }

    private async Task<IReadOnlyList<bool>> SaveAsync(IReadOnlyList<Step> all)
    {
        var steps = all.Reverse().DistinctBy(step => (step.SessionId, step.Id)).ToArray();
        var attempts = steps.SelectMany(step => step.Attempts.Select((value, index) => (Step: step, Number: index + 1, Value: value))).ToArray();
        var notes = steps.SelectMany(step => step.Notes.Select((value, index) => (Step: step, Number: index + 1, Value: value))).ToArray();
        var command = _dataSource.CreateCommand(UpsertSteps);
        await using var commandDisposal = command.ConfigureAwait(false);
        command.Parameters.Longs(steps.Select(step => step.SessionId)).Ints(steps.Select(step => step.Id)).Texts(steps.Select(step => step.Trace))
            .Texts(steps.Select(step => step.Output)).Texts(steps.Select(step => step.Evaluation)).Texts(steps.Select(step => step.Metadata))
            .Ints(steps.Select(step => step.Attempts.Length)).Ints(steps.Select(step => step.Notes.Length))
            .Longs(attempts.Select(one => one.Step.SessionId)).Ints(attempts.Select(one => one.Step.Id))
            .Ints(attempts.Select(one => one.Number)).Texts(attempts.Select(one => one.Value))
            .Longs(notes.Select(one => one.Step.SessionId)).Ints(notes.Select(one => one.Step.Id))
            .Ints(notes.Select(one => one.Number)).Texts(notes.Select(one => one.Value));
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        return new bool[all.Count];
    }

    private sealed record Plan(long SessionId, string Json);

    private sealed record Step(
        long SessionId, int Id, string? Trace, string? Output, string? Evaluation, string? Metadata, string?[] Attempts, string?[] Notes)
    {
        public long Characters => new[] { Trace, Output, Evaluation, Metadata }.Concat(Attempts).Concat(Notes).Sum(text => (long)(text?.Length ?? 0));

        public static Step Of(long sessionId, StepRecord step) => new(
            sessionId, step.StepId, StorableText.Plain(step.Trace), StorableText.Plain(step.Output), EvaluationOf(step.Evaluation),
            JsonText.ObjectOrNull(step.Metadata, "The step's metadata"),
            [.. (step.Attempts.IsDefault ? [] : step.Attempts).Select(EvaluationOf)],
            [.. (step.Guidance.IsDefault ? [] : step.Guidance).Select(StorableText.Plain)]);

        private static string? EvaluationOf(StepEvaluation? evaluation) =>
            evaluation is null ? null : JsonText.Object(JsonSerializer.Serialize(evaluation, AtlasJson.Options), "The step's evaluation");
    }
}
