using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Domain.Usage;

namespace Atlas.Learning.Redaction;

/// <summary>Redacts the messages of a session before they are stored, as the configuration wants it. Pure.</summary>
/// <remarks>What a caller knows its session by stays: learning key, external id, and who reviewed.</remarks>
/// <param name="redactor">Finds.</param>
/// <param name="mode">What is done with what is found.</param>
public sealed class SessionRedaction(Redactor redactor, RedactionMode mode)
{
    /// <summary>What looks through everything that a synthesizer or a judge is shown, whatever the mode.</summary>
    public Redactor Redactor => redactor;

    /// <summary>Whether what is found is taken out of the records.</summary>
    public bool Takes => mode is RedactionMode.All;

    private bool Looks => mode is not RedactionMode.Off;

    /// <summary>A text of a session, such as its task.</summary>
    /// <param name="text">The text.</param>
    /// <param name="record">The record it belongs to.</param>
    /// <param name="findings">Takes in what is found.</param>
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

    /// <summary>JSON of a session, such as an event.</summary>
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

    /// <summary>Events of a session.</summary>
    /// <param name="firstSequence">The number of the first one.</param>
    /// <param name="events">The events.</param>
    /// <param name="findings">Takes in what is found.</param>
    public ImmutableArray<JsonElement> Events(int firstSequence, ImmutableArray<JsonElement> events, Findings findings) =>
        !Looks ? events : [.. events.Select((item, index) => Json(item, FormattableString.Invariant($"events[{firstSequence + index}]"), findings))];

    /// <summary>A plan.</summary>
    public SessionPlan Plan(SessionPlan plan, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return !Looks || plan.Steps.IsDefault ? plan : plan with { Steps = [.. plan.Steps.Select(step => PlanStep(step, findings))] };
    }

    /// <summary>A step.</summary>
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

    /// <summary>Which entries fired and were adopted.</summary>
    public UsageSnapshot Usage(UsageSnapshot usage, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(usage);
        const string Record = "usage";
        var session = usage.Session;
        return !Looks ? usage : usage with
        {
            Session = session with
            {
                IncidentId = Text(session.IncidentId, Record, findings),
                TaskIdentifier = Text(session.TaskIdentifier, Record, findings),
                IncidentTags = session.IncidentTags.IsDefault ? [] : [.. session.IncidentTags.Select(tag => Text(tag, Record, findings))],
                FailureEvents = session.FailureEvents.IsDefault
                    ? []
                    : [.. session.FailureEvents.Select(failure => failure with { Status = Text(failure.Status, Record, findings) })],
            },
        };
    }

    /// <summary>The end of a session.</summary>
    public CompleteSession Completion(CompleteSession completion, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(completion);
        return !Looks ? completion : completion with
        {
            FinalAnswer = Text(completion.FinalAnswer, "final_answer", findings),
            Reward = completion.Reward is { } reward ? reward with { Rationale = Text(reward.Rationale, "reward.rationale", findings) } : null,
            Review = completion.Review is { } review ? Review(review, findings) : null,
            Metadata = Json(completion.Metadata, "metadata", findings),
            StudentNote = Text(completion.StudentNote, "student_learning", findings),
            TeacherNote = Text(completion.TeacherNote, "teacher_learning", findings),
        };
    }

    /// <summary>A reviewer's word; who it was stays.</summary>
    public ReviewDecision Review(ReviewDecision decision, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision with { Note = Text(decision.Note, "review_notes", findings) };
    }

    /// <summary>What came of judging.</summary>
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

        // As one value, because names of members count too. Of two that are the same now, the last one stays, as in any JSON.
        var redacted = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in Json(JsonSerializer.SerializeToElement(extra), record, findings).EnumerateObject())
        {
            redacted[member.Name] = member.Value;
        }

        return redacted;
    }
}
