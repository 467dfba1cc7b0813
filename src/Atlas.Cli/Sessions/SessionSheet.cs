using Atlas.Domain;
using System.Text.Json;
using Atlas.Cli.Output;
using Atlas.Learning.Sessions;
using Atlas.Queries;
using Atlas.Queries.Sessions;

namespace Atlas.Cli.Sessions;

/// <summary>Prints a session for people: its task, how it ended, and its trajectory with one line per event.</summary>
internal static class SessionSheet
{
    private const int EventsShown = 40;
    private const int PlacesShown = 5;
    private const int LineLength = 140;

    public static void Write(SessionDetail session, Terminal terminal)
    {
        var summary = session.Summary;
        terminal.Data($"session    {summary.Id}");
        terminal.Data($"task       {Wording.OneLine(summary.Task, LineLength * 3)}");
        terminal.Data($"key        {summary.LearningKey ?? "-"}");
        terminal.Data($"status     {summary.Status.ToWire()}, from {Wording.Time(summary.CreatedAt)} to {Wording.Time(summary.CompletedAt)}");
        if (SessionLease.ReasonOf(session.Metadata ?? default) is { } lapsed)
        {
            terminal.Data($"lease      {lapsed}");
        }

        terminal.Data($"reward     {Wording.Score(summary.Reward)}");
        terminal.Data($"judging    {JudgingWords.Of(session)}");
        terminal.Data($"review     {summary.ReviewStatus.ToWire()}{Review(session)}");
        terminal.Data($"teaches    {TeachingWords.Of(session)}");
        terminal.Data(summary.PlaybookSha256 is null
            ? "playbook   none was injected"
            : $"playbook   version {summary.PlaybookVersion}, sha256 {summary.PlaybookSha256}");
        if (session.DiscoveryFingerprint is { } fingerprint)
        {
            terminal.Data(session.DiscoveryRunId is { } run
                ? $"ran in     the environment of discovery run {run} (`atlas env show {run}`)"
                : $"ran in     an environment without a discovery run in this database, sha256 {fingerprint}");
        }

        WriteRedactions(session, terminal);
        if (!string.IsNullOrWhiteSpace(session.FinalAnswer))
        {
            terminal.Data($"answer     {Wording.OneLine(session.FinalAnswer, LineLength * 3)}");
        }

        WriteSteps(session, terminal);
        WriteEvents(session, terminal);
    }

    private static string Review(SessionDetail session) =>
        (session.ReviewedBy is { } reviewer ? $" by {reviewer}, {Wording.Time(session.ReviewedAt)}" : "")
        + (string.IsNullOrWhiteSpace(session.ReviewNotes) ? "" : $": {Wording.OneLine(session.ReviewNotes, LineLength)}");

    private static void WriteRedactions(SessionDetail session, Terminal terminal)
    {
        foreach (var kind in session.Redactions.GroupBy(found => (found.Kind, found.TakenOut)).OrderBy(kind => kind.Key.Kind, StringComparer.Ordinal))
        {
            var places = string.Join(", ", kind.Select(found => found.Times > 1 ? $"{found.Place} ({found.Times} times)" : found.Place).Take(PlacesShown));
            var more = kind.Count() > PlacesShown ? $", and {kind.Count() - PlacesShown} more places (--json lists all of them)" : "";
            terminal.Data($"{(kind.Key.TakenOut ? "redacted " : "holds    ")}  {kind.Key.Kind}: {Wording.OneLine(places, LineLength * 3)}{more}");
        }
    }

    private static void WriteSteps(SessionDetail session, Terminal terminal)
    {
        foreach (var step in session.Steps)
        {
            terminal.Data($"step {step.StepId}     {Wording.OneLine(step.Output, LineLength)}");
            foreach (var note in step.GuidanceNotes)
            {
                terminal.Data($"  guidance {Wording.OneLine(note, LineLength)}");
            }
        }
    }

    private static void WriteEvents(SessionDetail session, Terminal terminal)
    {
        terminal.Data($"events     {session.Events.Length}");
        foreach (var stored in session.Events.Take(EventsShown))
        {
            terminal.Data($"  {stored.Sequence,4}  {Describe(stored.Event)}");
        }

        if (session.Events.Length > EventsShown)
        {
            terminal.Data($"        … and {session.Events.Length - EventsShown} more (--json lists all of them)");
        }
    }

    private static string Describe(JsonElement? stored)
    {
        if (stored is not { ValueKind: JsonValueKind.Object } @event
            || !@event.TryGetProperty("payload", out var payload)
            || payload.ValueKind != JsonValueKind.Object)
        {
            return Wording.OneLine(stored?.GetRawText(), LineLength);
        }

        return $"{Text(payload, "event_type"),-14}  {Text(payload, "name"),-24}  {Wording.OneLine(Content(payload), LineLength)}";
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Content(JsonElement payload)
    {
        if (!payload.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
        {
            return "";
        }

        foreach (var name in (string[])["output", "input", "chunk"])
        {
            if (data.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
            {
                return value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            }
        }

        return "";
    }
}
