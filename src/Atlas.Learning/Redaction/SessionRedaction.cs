using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Sessions;

namespace Atlas.Learning.Redaction;

/// <summary>Redacts the messages of a session before they are stored, as configured. Pure.</summary>
/// <remarks>Identifiers of the caller stay: learning key, external id, and reviewer.</remarks>
/// <param name="redactor">Finds what to redact.</param>
/// <param name="mode">What to do with it.</param>
public sealed partial class SessionRedaction(Redactor redactor, RedactionMode mode)
{
    /// <summary>The redactor for everything that a synthesizer or a judge is shown, whatever the mode.</summary>
    public Redactor Redactor => redactor;

    /// <summary>Whether findings are removed from the records.</summary>
    public bool Takes => mode is RedactionMode.All;

    private bool Looks => mode is not RedactionMode.Off;

    /// <summary>Redacts a text of a session, such as its task.</summary>
    /// <param name="text">The text.</param>
    /// <param name="record">The record it belongs to.</param>
    /// <param name="findings">Collects the findings.</param>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public string? Text(string? text, string record, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (!Looks || string.IsNullOrEmpty(text))
        {
            return text;
        }

        var redacted = redactor.Redact(text, kind => findings.Add(record, "", kind));
        return mode is RedactionMode.All ? redacted : text;
    }

    /// <summary>Redacts JSON of a session, such as an event.</summary>
    /// <inheritdoc cref="Text"/>
    /// <param name="value">The value.</param>
    public JsonElement Json(JsonElement value, string record, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (!Looks)
        {
            return value;
        }

        var redacted = redactor.Redact(value, (kind, path) => findings.Add(record, path, kind));
        return mode is RedactionMode.All ? redacted : value;
    }

    /// <inheritdoc cref="Json(JsonElement, string, Findings)"/>
    public JsonElement? Json(JsonElement? value, string record, Findings findings) => value is { } given ? Json(given, record, findings) : null;

    /// <summary>Redacts events of a session.</summary>
    /// <param name="firstSequence">The number of the first one.</param>
    /// <param name="events">The events.</param>
    /// <param name="findings">Collects the findings.</param>
    public ImmutableArray<JsonElement> Events(int firstSequence, ImmutableArray<JsonElement> events, Findings findings) =>
        !Looks ? events : [.. events.Select((item, index) => Json(item, FormattableString.Invariant($"events[{firstSequence + index}]"), findings))];

    /// <summary>Redacts a plan.</summary>
    public SessionPlan Plan(SessionPlan plan, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return !Looks || plan.Steps.IsDefault ? plan : plan with { Steps = [.. plan.Steps.Select(step => PlanStep(step, findings))] };
    }

    /// <summary>Redacts a step.</summary>
    public StepRecord Step(StepRecord step, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(step);
        var record = FormattableString.Invariant($"steps[{step.StepId}]");
        return !Looks ? step : step with
        {
            Trace = Text(step.Trace, record + ".trace", findings),
            Output = Text(step.Output, record + ".output", findings),
            Evaluation = Evaluation(step.Evaluation, record + ".evaluation", findings),
            Metadata = Json(step.Metadata, record + ".metadata", findings),
            Attempts = step.Attempts.IsDefault ? step.Attempts : [.. step.Attempts.Select(attempt => Evaluation(attempt, record + ".attempts", findings))],
            Guidance = step.Guidance.IsDefault ? step.Guidance : [.. step.Guidance.Select(note => Text(note, record + ".guidance", findings))],
        };
    }

    /// <summary>Redacts the completion of a session.</summary>
    public CompleteSession Completion(CompleteSession completion, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(completion);
        return !Looks ? completion : completion with
        {
            FinalAnswer = Text(completion.FinalAnswer, "final_answer", findings),
            Reward = completion.Reward is { } reward ? Reward(reward, findings) : null,
            Review = completion.Review is { } review ? Review(review, findings) : null,
            Metadata = Json(completion.Metadata, "metadata", findings),
            StudentNote = Text(completion.StudentNote, "student_learning", findings),
            TeacherNote = Text(completion.TeacherNote, "teacher_learning", findings),
        };
    }

    /// <summary>Redacts a reward that a caller gives.</summary>
    public SessionReward Reward(SessionReward reward, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(reward);
        return reward with { Judge = Text(reward.Judge, "reward.judge", findings), Rationale = Text(reward.Rationale, "reward.rationale", findings) };
    }

    /// <summary>Redacts a reviewer's decision; the reviewer's name stays.</summary>
    public ReviewDecision Review(ReviewDecision decision, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision with { Note = Text(decision.Note, "review_notes", findings) };
    }

    /// <summary>Redacts the result of judging.</summary>
    public JudgedSession Judged(JudgedSession judged, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(judged);
        return !Looks ? judged : judged with
        {
            Reward = Json(judged.Reward, "reward", findings),
            Stats = Json(judged.Stats, "reward_stats", findings),
            Audit = Json(judged.Audit, "reward_audit", findings),
            Problem = Text(judged.Problem, "judging", findings),
        };
    }

    private PlanStep PlanStep(PlanStep step, Findings findings)
    {
        var record = FormattableString.Invariant($"plan.steps[{step.Id}]");
        return step with
        {
            Description = Text(step.Description, record + ".description", findings),
            DependsOn = step.DependsOn.IsDefault ? step.DependsOn : [.. step.DependsOn.Select(other => Text(other, record + ".depends_on", findings))],
            Tool = Text(step.Tool, record + ".tool", findings),
            ToolParams = Json(step.ToolParams, record + ".tool_params", findings),
        };
    }

    private StepEvaluation? Evaluation(StepEvaluation? evaluation, string record, Findings findings) => evaluation is null ? null : evaluation with
    {
        Validation = evaluation.Validation is { } validation
            ? validation with { Guidance = Text(validation.Guidance, record + ".validation", findings), Extra = Extra(validation.Extra, record + ".validation", findings) }
            : null,
        Reward = evaluation.Reward is { } reward
            ? reward with { Rationale = Text(reward.Rationale, record + ".reward", findings), Extra = Extra(reward.Extra, record + ".reward", findings) }
            : null,
        Extra = Extra(evaluation.Extra, record, findings),
    };

    private Dictionary<string, JsonElement>? Extra(Dictionary<string, JsonElement>? extra, string record, Findings findings)
    {
        if (extra is null)
        {
            return null;
        }

        // Redact as one value, because names of members count too. If two names become equal, the last one stays, as in any JSON.
        var redacted = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in Json(JsonSerializer.SerializeToElement(extra), record, findings).EnumerateObject())
        {
            redacted[member.Name] = member.Value;
        }

        return redacted;
    }
}
