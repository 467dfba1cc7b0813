using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Grains.Playbooks;
using Atlas.Learning.Redaction;
using Atlas.Models.Judges;
using Atlas.Queries;

namespace Atlas.Grains.Judging;

/// <summary>Reads from a session's stored records what a judge is shown.</summary>
internal sealed class JudgeEvidence(SessionQueries queries, InjectedPlaybooks injected, SessionRedaction redaction)
{
    private const int MostEvents = 1000;

    /// <summary>Returns the request for a session; null if it is gone.</summary>
    public async Task<JudgeRequest?> GatherAsync(long sessionId, CancellationToken cancellationToken)
    {
        if (await queries.FindAsync(sessionId, maxEvents: 0, cancellationToken) is not { } session)
        {
            return null;
        }

        var steps = JudgedSteps.Of(session.Steps, session.Plan);
        if (steps.IsEmpty)
        {
            // An agent without recorded steps is judged by its events; the newest show how it ended.
            var offset = (int)Math.Max(0, session.Summary.EventCount - MostEvents);
            steps = JudgedSteps.Of(await queries.EventsAsync(sessionId, offset, MostEvents, cancellationToken));
        }

        var metadata = session.Metadata ?? default;
        var redactor = redaction.Redactor;
        return new JudgeRequest
        {
            Task = redactor.Redact(session.Summary.Task),
            FinalAnswer = redactor.Redact(session.FinalAnswer ?? ""),
            ExecutionMode = Text(metadata, "execution_mode") ?? Text(Member(metadata, "adaptive_summary"), "adaptive_mode"),
            TeacherIntervened = session.Steps.Any(step => step.Attempts > 1 || !step.GuidanceNotes.IsEmpty),
            Plan = redactor.Redact(session.Plan ?? default),
            Steps = [.. steps.Select(step => Redacted(step, redactor))],
            Metadata = redactor.Redact(metadata),
            Injected = await injected.OfAsync(session.Summary.LearningKey, session.Summary.PlaybookVersion, cancellationToken),
        };
    }

    private static JudgedStep Redacted(JudgedStep step, Redactor redactor) => step with
    {
        Description = redactor.Redact(step.Description),
        Output = redactor.Redact(step.Output),
        Trace = redactor.Redact(step.Trace),
        Guidance = [.. step.Guidance.Select(note => redactor.Redact(note))],
        Validation = redactor.Redact(step.Validation),
    };

    private static JsonElement Member(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
