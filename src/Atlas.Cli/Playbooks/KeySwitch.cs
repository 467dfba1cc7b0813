using System.Text.Json;
using Atlas.Storage.Queries;

namespace Atlas.Cli.Playbooks;

/// <summary>A decision on a key that made no version.</summary>
/// <param name="What"><c>staged</c>, <c>unstaged</c>, <c>promoted</c>, <c>pinned</c>, <c>unpinned</c>, <c>frozen</c> or <c>unfrozen</c>.</param>
/// <param name="Version">The version it is about, or that was current with it; null where it is about none.</param>
/// <param name="Author">Who decided.</param>
/// <param name="Reason">Why; null if no reason was given.</param>
/// <param name="At">When.</param>
internal sealed record KeySwitch(string What, int? Version, string? Author, string? Reason, DateTimeOffset At)
{
    public static KeySwitch Of(JournalEvent decision) => new(
        decision.Type[(decision.Type.IndexOf('_', StringComparison.Ordinal) + 1)..],
        decision.Event.TryGetProperty("version", out var version) && version.ValueKind is JsonValueKind.Number ? version.GetInt32() : null,
        decision.Author,
        decision.Event.TryGetProperty("reason", out var reason) ? reason.GetString() : null,
        decision.OccurredAt);
}
