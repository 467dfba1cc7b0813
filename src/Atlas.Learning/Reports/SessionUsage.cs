using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Learning.Usage;

namespace Atlas.Learning.Reports;

/// <summary>What the usage tracker recorded for one session.</summary>
/// <param name="Stored">The object <c>learning_usage</c> as it is stored.</param>
/// <param name="CueHits">How often a cue matched.</param>
/// <param name="UniqueCueSteps">The number of steps with a match.</param>
/// <param name="Adoptions">How often an entry's tool was used.</param>
/// <param name="SuccessfulAdoptions">How often that succeeded, over all roles and entries.</param>
/// <param name="Entries">The entries that were hit or adopted.</param>
public sealed record SessionUsage(
    JsonElement Stored, long CueHits, long UniqueCueSteps, long Adoptions, long SuccessfulAdoptions, ImmutableArray<EntryUsage> Entries)
{
    /// <summary>Reads <c>metadata.learning_usage</c>, whoever wrote it; null if it is not an object.</summary>
    public static SessionUsage? Read(JsonElement? stored)
    {
        if (stored is not { } value || JsonRead.Unwrap(value) is not { ValueKind: JsonValueKind.Object } usage)
        {
            return null;
        }

        var session = JsonRead.TryGet(usage, "session", out var block) ? block : default;
        var entries = UsageJson.ReadEntries(usage);
        return new SessionUsage(
            usage,
            Count(session, "cue_hits"),
            JsonRead.TryGet(session, "unique_cue_steps", out var steps) && steps.ValueKind == JsonValueKind.Array ? steps.GetArrayLength() : 0,
            Count(session, "action_adoptions"),
            entries.Sum(entry => (long)entry.SuccessfulAdoptions),
            entries);
    }

    private static long Count(JsonElement session, string name) =>
        JsonRead.Number(session, name) is { } number ? (long)Math.Clamp(number, 0, long.MaxValue / 2) : 0;
}
