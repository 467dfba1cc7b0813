using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Atlas.Configuration.Orchestration;
using Atlas.Domain.Sessions;
using Atlas.Runtime.Plans;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;
using Atlas.Runtime.Students;
using Atlas.Runtime.Teachers;

namespace Atlas.Runtime.Steps;

/// <summary>Lets the student attempt a step until the teacher accepts it or the attempts are used up.</summary>
/// <param name="run">The session.</param>
/// <param name="student">Does the step.</param>
/// <param name="teacher">Validates the step; null for no validation.</param>
/// <param name="advises">Whether the teacher gives advice before the step.</param>
internal sealed class StepRunner(RunContext run, Student student, Teacher? teacher, bool advises)
{
    private readonly OrchestrationOptions _options = run.Configuration.Orchestration;

    /// <summary>Runs a step. Every exception except the session's own cancellation becomes a result with the status <c>error</c> and the
    /// failure.</summary>
    /// <param name="step">The step.</param>
    /// <param name="priorResults">The results of earlier steps; the step's own copy.</param>
    /// <param name="parent">The enclosing event.</param>
    /// <param name="cancellationToken">The session's cancellation.</param>
    public async Task<(StepResult Result, Exception? Failure)> RunAsync(
        PlanStep step, JsonObject priorResults, EventSpan parent, CancellationToken cancellationToken)
    {
        var began = run.Time.GetTimestamp();
        var progress = new Progress();
        StepResult result;
        Exception? problem = null;
        try
        {
            result = await TryAsync(step, priorResults, progress, began, parent, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            problem = failure;
            result = StepResult.Failed(step, failure, progress.Evaluations, progress.Guidance, run.Time.GetElapsedTime(began));
        }

        run.Records.Step(result.ToRecord());
        return (result, problem);
    }

    private async Task<StepResult> TryAsync(
        PlanStep step, JsonObject priorResults, Progress progress, long began, EventSpan parent, CancellationToken cancellationToken)
    {
        if (advises && teacher is not null
            && await teacher.GuideAsync(step, priorResults, parent, cancellationToken).ConfigureAwait(false) is { } advice)
        {
            progress.Advice = [advice];
            run.Records.Guidance(step.Id, advice);
        }

        for (var attempt = 1; ; attempt++)
        {
            var span = run.Events.Start(EventKind.Task, $"step_{step.Id}", Actors.Student, Input(step, priorResults, progress, attempt), parent, step.Id);
            try
            {
                if (await AttemptAsync(step, priorResults, progress, attempt, began, span, cancellationToken).ConfigureAwait(false) is { } result)
                {
                    return result;
                }
            }
            catch (Exception failure)
            {
                span.Fail(failure);
                throw;
            }
        }
    }

    /// <summary>Makes one attempt.</summary>
    /// <returns>The result; null if another attempt is to follow.</returns>
    private async Task<StepResult?> AttemptAsync(
        PlanStep step, JsonObject priorResults, Progress progress, int attempt, long began, EventSpan span, CancellationToken cancellationToken)
    {
        var start = run.Time.GetTimestamp();
        var done = await StudyAsync(step, priorResults, progress, span, cancellationToken).ConfigureAwait(false);
        var studied = run.Time.GetElapsedTime(start);

        start = run.Time.GetTimestamp();
        var isFinal = attempt > _options.MaxRetries;
        var isAsked = teacher is not null && (!isFinal || _options.ValidateFinalAttempt);
        var verdict = isAsked
            ? await teacher!.ValidateAsync(step, done, priorResults, progress.Advice, progress.Corrections, span, cancellationToken).ConfigureAwait(false)
            : Verdict.NotAsked(skipped: teacher is not null);
        var validated = isAsked && !verdict.Record["cached"]!.GetValue<bool>() ? run.Time.GetElapsedTime(start) : TimeSpan.Zero;

        var retries = !verdict.IsValid && !isFinal;
        var evaluation = Evaluations.Of(verdict);
        var status = teacher is null ? "completed" : verdict.IsValid ? "passed" : "failed";
        var timings = new StepTimings(studied, validated, retries && verdict.Guidance is not null).ToJson();
        var metadata = StepMetadata.Write(done, timings);
        var entry = done.Output.ToContextEntry();
        progress.Evaluations = progress.Evaluations.Add(evaluation);
        span.End(
            new JsonObject
            {
                ["trace"] = done.Trace,
                ["output"] = done.Output.ToJson(),
                ["evaluation"] = evaluation.ToJson(),
                ["metadata"] = metadata.DeepClone(),
                ["runtime"] = metadata["runtime"]?.DeepClone(),
                ["status"] = status,
                ["artifacts"] = done.Output.Artifacts.DeepClone(),
                ["deliverable"] = done.Output.Deliverable?.DeepClone(),
                ["context_entry"] = entry.DeepClone(),
            },
            done.Usage);
        if (!verdict.IsValid && verdict.Guidance is { } guidance)
        {
            progress.Corrections = progress.Corrections.Add(guidance);
            run.Records.Guidance(step.Id, guidance);
        }

        if (retries)
        {
            return null;
        }

        return new StepResult
        {
            Step = step,
            Status = status,
            Output = done.Output.Text,
            Trace = done.Trace,
            DeliverableText = done.Output.Deliverable is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text) ? text : null,
            Evaluations = progress.Evaluations,
            Attempts = attempt,
            Guidance = progress.Guidance,
            Metadata = metadata,
            ContextEntry = entry,
            Duration = run.Time.GetElapsedTime(began),
        };
    }

    private async Task<StudentAttempt> StudyAsync(
        PlanStep step, JsonObject priorResults, Progress progress, EventSpan span, CancellationToken cancellationToken)
    {
        using var time = new StepTime(run, cancellationToken);
        try
        {
            return await student.ExecuteAsync(step, priorResults, progress.Guidance, span, time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (time.IsOver && !cancellationToken.IsCancellationRequested)
        {
            throw time.Failure(step.Id);
        }
    }

    private static JsonObject Input(PlanStep step, JsonObject priorResults, Progress progress, int attempt) => new()
    {
        ["step"] = step.ToJson(),
        ["context"] = priorResults.DeepClone(),
        ["guidance"] = new JsonArray([.. progress.Guidance.Select(note => (JsonNode)note)]),
        ["attempt"] = attempt,
    };

    /// <summary>What is known of a step while it is running.</summary>
    private sealed class Progress
    {
        /// <summary>The teacher's advice before the step.</summary>
        public ImmutableArray<string> Advice { get; set; } = [];

        /// <summary>The teacher's corrections after attempts.</summary>
        public ImmutableArray<string> Corrections { get; set; } = [];

        public ImmutableArray<StepEvaluation> Evaluations { get; set; } = [];

        public ImmutableArray<string> Guidance => [.. Advice, .. Corrections];
    }
}
