using System.Text.Json;
using Atlas.Domain.Experiments;
using Atlas.Domain.Json;
using Atlas.Learning.Evidence;

namespace Atlas.Queries.Keys;

/// <summary>A decision on a key that made no version.</summary>
/// <param name="What"><c>staged</c>, <c>unstaged</c>, <c>promoted</c>, <c>pinned</c>, <c>unpinned</c>, <c>frozen</c> or <c>unfrozen</c>;
/// for trials <c>entries</c>, <c>entry</c> (a person's decision), <c>on trial</c>, <c>promote</c>, <c>roll back</c>, <c>keep parent</c> or
/// <c>alarm</c>; for experiments <c>experiment 1 started</c>, <c>decided</c>, <c>stopped</c> or <c>concluded</c>.</param>
/// <param name="Version">The version it concerns, or that was current with it; null for none.</param>
/// <param name="Author">Who decided.</param>
/// <param name="Reason">The reason; null if none was given.</param>
/// <param name="At">The time.</param>
public sealed record KeyDecision(string What, int? Version, string? Author, string? Reason, DateTimeOffset At)
{
    internal static KeyDecision Of(JournalEvent decision) => new(
        Named(decision),
        decision.Event.TryGetProperty("version", out var version) && version.ValueKind is JsonValueKind.Number ? version.GetInt32() : null,
        decision.Author,
        Entries(decision) ?? Started(decision) ?? (decision.Event.TryGetProperty("reason", out var reason) ? reason.GetString() : null),
        decision.OccurredAt);

    private static string Named(JournalEvent decision) => decision.Type switch
    {
        "entries_judged" => "entries",
        "entry_standing_set" => "entry",
        "canary_begun" => "on trial",
        "alarm_raised" => "alarm",
        "alarm_closed" => "alarm closed",
        "experiment_started" or "experiment_decided" or "experiment_ended" => $"experiment {decision.Event.GetProperty("number").GetInt32()} {Ended(decision)}",
        "canary_concluded" => decision.Event.TryGetProperty("decision", out var how) && how.GetString() is { } decided ? decided.Replace('_', ' ') : "concluded",
        var type => type[(type.IndexOf('_', StringComparison.Ordinal) + 1)..],
    };

    private static string Ended(JournalEvent decision) => decision.Type switch
    {
        "experiment_started" => "started",
        "experiment_decided" => "decided",
        _ => decision.Event.TryGetProperty("status", out var status) ? status.GetString() ?? "ended" : "ended",
    };

    /// <summary>Returns what a started experiment compares; null for other events.</summary>
    private static string? Started(JournalEvent decision) =>
        decision.Type != "experiment_started" || decision.Event.GetProperty("plan").Deserialize<ExperimentPlan>(AtlasJson.Options) is not { } plan ? null
        : decision.Event.TryGetProperty("reason", out var reason) && reason.GetString() is { Length: > 0 } why ? $"{plan.Arms}: {why}"
        : plan.Arms;

    /// <summary>Returns the entries whose state changed; null for events that do not concern entries.</summary>
    private static string? Entries(JournalEvent decision)
    {
        JsonElement[] changes = decision.Type switch
        {
            "entries_judged" => [.. decision.Event.GetProperty("entries").EnumerateArray()],
            "entry_standing_set" => [decision.Event.GetProperty("entry")],
            _ => [],
        };
        return changes.Length == 0 ? null : string.Join("; ", changes
            .Select(change => change.GetProperty("change").Deserialize<StandingChange>(AtlasJson.Options)!)
            .Select(change => $"{change.Entry}: {EffectWords.Standing(change.From)} \u2192 {EffectWords.Standing(change.To)}"));
    }
}
