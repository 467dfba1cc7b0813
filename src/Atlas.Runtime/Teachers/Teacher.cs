using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Configuration.Orchestration;
using Atlas.Configuration.Teacher;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Learning.Text;
using Atlas.Runtime.Plans;
using Atlas.Runtime.Prompts;
using Atlas.Runtime.Recording;
using Atlas.Runtime.Runs;
using Atlas.Runtime.Students;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Teachers;

/// <summary>Reviews plans, validates steps and guides. The session continues whatever the model answers, or fails to.</summary>
internal sealed class Teacher
{
    private readonly RunContext _run;
    private readonly TeacherModel _model;
    private readonly TeacherPrompts _prompts;
    private readonly TeacherOptions? _options;
    private readonly SupervisionMode _mode;
    private readonly PlanCache _plans;
    private readonly VerdictCache _verdicts = new();

    public Teacher(RunContext run, IChatClient chat, SupervisionMode mode, PlanCache plans)
    {
        _run = run;
        _mode = mode;
        _plans = plans;
        _model = new TeacherModel(run, chat);
        _options = run.Configuration.Teacher;
        _prompts = TeacherPrompts.Of(run.SystemPrompt, _options?.Prompts);
    }

    /// <summary>Reviews a plan.</summary>
    /// <returns>The corrected plan; the plan itself if the teacher's answer is not usable.</returns>
    public async Task<SessionPlan> ReviewAsync(SessionPlan plan, EventSpan parent, CancellationToken cancellationToken)
    {
        var key = CacheKey(plan);
        var validity = TimeSpan.FromSeconds(_options?.PlanCacheSeconds ?? 300);

        // A coach reviews every plan anew.
        if (_mode is not SupervisionMode.Coach && _plans.Find(key, validity) is { } known)
        {
            return known;
        }

        var request = new JsonObject
        {
            ["task"] = _run.Task,
            ["plan"] = plan.ToJson(),
            ["available_tools"] = ValidationRequest.ToolsOf(_run.Parts.Agent.Tools),
        };
        var answer = await _model.AskAsync(
            "plan_review", _prompts.PlanReview, request, _options?.MaxReviewTokens ?? _options?.Llm.MaxOutputTokens, parent, cancellationToken).ConfigureAwait(false);
        if (Read(answer, plan) is not { } reviewed)
        {
            return plan;
        }

        _plans.Store(key, reviewed, validity);
        return reviewed;
    }

    /// <summary>Gives advice on a step before it begins.</summary>
    /// <returns>At most two sentences; null if there is no advice.</returns>
    public async Task<string?> GuideAsync(PlanStep step, JsonObject priorResults, EventSpan parent, CancellationToken cancellationToken)
    {
        var request = new JsonObject
        {
            ["task"] = _run.Task,
            ["step"] = step.ToJson(),
            ["prior_results"] = priorResults.DeepClone(),
            ["available_tools"] = ValidationRequest.ToolsOf(_run.Parts.Agent.Tools),
        };
        var answer = await _model.AskAsync(
            "guidance", _prompts.Guidance, request, _options?.GuidanceMaxTokens ?? _options?.Llm.MaxOutputTokens, parent, cancellationToken).ConfigureAwait(false);
        if (answer.Problem is { } problem)
        {
            _run.Warn(FormattableString.Invariant($"The teacher gave no guidance for step {step.Id} ({problem}); the step continues without it."));
        }

        return Guidance((answer.Json as JsonObject)?["guidance"]);
    }

    /// <summary>Validates an attempt.</summary>
    /// <param name="step">The step.</param>
    /// <param name="attempt">The student's attempt.</param>
    /// <param name="priorResults">The results that the student was given.</param>
    /// <param name="priorGuidance">The guidance on this step before this attempt.</param>
    /// <param name="attemptGuidance">The guidance because of earlier attempts.</param>
    /// <param name="parent">The enclosing event.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<Verdict> ValidateAsync(
        PlanStep step,
        StudentAttempt attempt,
        JsonObject priorResults,
        ImmutableArray<string> priorGuidance,
        ImmutableArray<string> attemptGuidance,
        EventSpan parent,
        CancellationToken cancellationToken)
    {
        var playbook = _run.TeacherPlaybook;
        var signature = ValidationRequest.Signature(
            step, attempt.Output.ToJson(), priorResults, priorGuidance, attemptGuidance, playbook?.Sha256);
        if (_verdicts.Find(signature) is { } known)
        {
            return known;
        }

        var request = ValidationRequest.Write(
            step,
            attempt,
            priorResults,
            _verdicts.HasChanged(JsonDigest.Of(priorResults)),
            priorGuidance,
            attemptGuidance,
            _run.Parts.Agent.Tools,
            playbook);
        DetectCues(request, step.Id);
        var answer = await _model.AskAsync(
            "validation", _prompts.Validation, request, _options?.ValidationMaxTokens ?? _options?.Llm.MaxOutputTokens, parent, cancellationToken).ConfigureAwait(false);
        var verdict = VerdictOf(answer, step, attempt.Output, request);
        _verdicts.Store(signature, verdict);
        return verdict;
    }

    private string CacheKey(SessionPlan plan)
    {
        var key = new JsonObject { ["task"] = _run.Task, ["plan"] = plan.ToJson() };
        if (_run.TeacherPlaybook is { } playbook)
        {
            key["teacher_playbook_hash"] = playbook.Sha256;
        }

        return JsonDigest.Of(key);
    }

    private SessionPlan? Read(TeacherAnswer answer, SessionPlan plan)
    {
        var problem = answer.Problem;
        try
        {
            // The configuration decides how the plan is executed, not the teacher.
            if (answer.Json is not null && PlanReader.Read(answer.Json, plan.ExecutionMode) is { } reviewed)
            {
                return reviewed with { Steps = [.. reviewed.Steps.Select(step => WithTool(step, plan))] };
            }
        }
        catch (PlanException wrong)
        {
            problem = wrong.Message.TrimEnd('.');
        }

        _run.Warn($"The teacher's review of the plan cannot be used ({problem ?? "it has no steps"}); the student's plan is used unchanged.");
        return null;
    }

    /// <summary>Keeps the tools of a plan if its review does not mention them.</summary>
    private static PlanStep WithTool(PlanStep step, SessionPlan plan) =>
        step.Tool is null && plan.Steps.FirstOrDefault(own => own.Id == step.Id && own.Description == step.Description) is { } same
            ? step with { Tool = same.Tool, ToolParams = same.ToolParams }
            : step;

    private Verdict VerdictOf(TeacherAnswer answer, PlanStep step, StepOutput output, JsonObject request)
    {
        var given = answer.Json as JsonObject;
        var isValid = given?["valid"] switch
        {
            JsonValue word when word.GetValueKind() is JsonValueKind.True or JsonValueKind.False => word.GetValue<bool>(),
            JsonValue word when word.TryGetValue<string>(out var text) && bool.TryParse(text.Trim(), out var read) => read,
            _ => (bool?)null,
        };
        var guidance = Guidance(given?["guidance"]);
        var record = new JsonObject { ["valid"] = isValid ?? true, ["guidance"] = guidance };
        if (isValid is null)
        {
            var problem = answer.Problem ?? "it does not say whether the step is valid";
            record["warning"] = $"The teacher's verdict cannot be used ({problem}); the step is accepted.";
            _run.Warn(FormattableString.Invariant($"The teacher's verdict on step {step.Id} cannot be used ({problem}); the step is accepted."));
        }

        if (answer.Thoughts.Length > 0)
        {
            record["reasoning"] = new JsonObject { ["reasoning_content"] = answer.Thoughts };
        }

        record["status"] = output.Status;
        record["artifacts"] = output.Artifacts.DeepClone();
        record["deliverable"] = output.Deliverable?.DeepClone();
        record["text"] = output.Text;
        if (output.Reason is not null)
        {
            record["reason"] = output.Reason.DeepClone();
        }

        record["cached"] = false;
        record["validation_request"] = request.DeepClone();
        return new Verdict(isValid ?? true, guidance, record);
    }

    private string? Guidance(JsonNode? written)
    {
        var text = written is JsonValue value && value.TryGetValue<string>(out var said) ? said.Trim() : null;
        return string.IsNullOrEmpty(text) ? null : _mode is SupervisionMode.Coach ? GuidanceText.FirstTwoSentences(text) : text;
    }

    /// <summary>Detects cues; the playbook's own words do not fire any.</summary>
    private void DetectCues(JsonObject request, int stepId)
    {
        var seen = (JsonObject)request.DeepClone();
        seen.Remove("teacher_playbook");
        seen.Remove("teacher_playbook_hash");
        _run.Tracker.Detect(Actors.Teacher, seen.ToJsonString(AtlasJson.Options), stepId);
    }
}
