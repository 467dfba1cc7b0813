using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Runtime.Modes;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;
using Atlas.Runtime.Steps;
using Atlas.Runtime.Students;
using Atlas.Runtime.Teachers;

namespace Atlas.Runtime.Flow;

/// <summary>Takes a session from its task to its answer.</summary>
internal sealed class Orchestrator(RunContext run, RunWork work, ModeSelector modes, PlanCache plans)
{
    private const string OneStep =
        "Do the whole task, and give the complete answer to it in one response, in the format that the task asks for.";

    private readonly OrchestrationOptions _options = run.Configuration.Orchestration;
    private readonly Student _student = new(run);

    /// <summary>Does the task. The results are in the work object, even if this throws.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var root = run.Events.Start(EventKind.Workflow, "orchestration", Actors.Runtime, new JsonObject { ["task"] = run.Task });
        root.Tag("gen_ai.agent.name", run.Parts.Agent.Name);
        root.Tag("gen_ai.conversation.id", run.Session.SessionId);
        root.Tag("atlas.learning_key", run.Session.LearningKey);
        root.Tag("atlas.playbook.version", run.Session.Playbook.Version);
        try
        {
            work.Dossier = TriageDesk.Write(run, root);
            work.Mode = await modes.ChooseAsync(root, cancellationToken).ConfigureAwait(false);
            var mode = work.Mode.Mode;
            root.Tag("atlas.execution_mode", ModeRules.NameOf(mode));
            var teacher = mode is SupervisionMode.Auto ? null : new Teacher(run, run.Parts.Teacher!, mode, plans);
            work.Answer = mode is SupervisionMode.Auto || _options.Flow is OrchestrationFlow.SingleShot
                ? await AtOnceAsync(teacher, mode, root, cancellationToken).ConfigureAwait(false)
                : await StepByStepAsync(teacher!, mode, root, cancellationToken).ConfigureAwait(false);
            root.End(work.Answer);
        }
        catch (Exception failure)
        {
            root.Fail(failure);
            throw;
        }
    }

    private async Task<string> AtOnceAsync(Teacher? teacher, SupervisionMode mode, EventSpan root, CancellationToken cancellationToken)
    {
        var description = OneStep;
        if (teacher is not null && mode is SupervisionMode.Coach)
        {
            description = $"{OneStep}\n\nReviewed Plan:\n{Listed(await PlanAsync(teacher, root, cancellationToken).ConfigureAwait(false))}";
        }

        Decide(SessionPlan.OfOne(description, PlanExecution.SingleShot));
        await ExecuteAsync(new StepRunner(run, _student, teacher, advises: false), root, cancellationToken).ConfigureAwait(false);
        var only = work.Steps[0];
        return only.DeliverableText ?? only.Output;
    }

    private async Task<string> StepByStepAsync(Teacher teacher, SupervisionMode mode, EventSpan root, CancellationToken cancellationToken)
    {
        Decide(await PlanAsync(teacher, root, cancellationToken).ConfigureAwait(false));
        await ExecuteAsync(new StepRunner(run, _student, teacher, advises: mode is SupervisionMode.Coach), root, cancellationToken).ConfigureAwait(false);
        var results = new JsonArray([.. work.Steps.Select(Summary)]);
        using var time = new StepTime(run, cancellationToken);
        try
        {
            return await _student.SynthesizeAsync(results, PlanExecution.Stepwise.ToWire(), root, time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (time.IsOver && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The final answer was not given within orchestration.step_timeout_seconds.");
        }
    }

    private async Task<SessionPlan> PlanAsync(Teacher teacher, EventSpan root, CancellationToken cancellationToken)
    {
        using var time = new StepTime(run, cancellationToken);
        try
        {
            work.OriginalPlan = await _student.PlanAsync(root, time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (time.IsOver && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The plan was not made within orchestration.step_timeout_seconds.");
        }

        return work.ReviewedPlan = await teacher.ReviewAsync(work.OriginalPlan, root, cancellationToken).ConfigureAwait(false);
    }

    private void Decide(SessionPlan plan)
    {
        work.Plan = plan;
        run.Records.Plan(plan);
    }

    private Task ExecuteAsync(StepRunner steps, EventSpan root, CancellationToken cancellationToken) =>
        new PlanRunner(run, steps).RunAsync(work.Plan!, work.Add, root, cancellationToken);

    private static JsonObject Summary(StepResult step) => new()
    {
        ["step_id"] = step.Step.Id,
        ["description"] = step.Step.Description,
        ["status"] = step.Status,
        ["output"] = step.Output,
        ["deliverable"] = step.ContextEntry["deliverable"]?.DeepClone(),
    };

    private static string Listed(SessionPlan plan) => string.Join('\n', plan.Steps.Select((step, index) =>
        string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {step.Description}")));
}
