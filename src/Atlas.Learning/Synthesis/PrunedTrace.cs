using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Pruning;

namespace Atlas.Learning.Synthesis;

/// <summary>The bounded list <c>metadata.pruned_entries</c>: what was tried and did not help.</summary>
internal static class PrunedTrace
{
    public const string Key = "pruned_entries";

    /// <summary>The number of traces kept; the oldest are dropped.</summary>
    public const int Limit = 50;

    public static IEnumerable<JsonElement> Read(ImmutableSortedDictionary<string, JsonElement> metadata) =>
        metadata.TryGetValue(Key, out var list) && JsonRead.Unwrap(list) is { ValueKind: JsonValueKind.Array } traces
            ? traces.EnumerateArray()
            : [];

    /// <summary>Appends traces to the list; of an entry that was pruned twice, the newest is kept.</summary>
    public static JsonElement Append(ImmutableSortedDictionary<string, JsonElement> metadata, ImmutableArray<PrunedEntry> pruned)
    {
        var ids = pruned.Select(entry => entry.Id).ToHashSet(StringComparer.Ordinal);
        var traces = Read(metadata)
            .Where(trace => JsonRead.Text(trace, "id") is not { } id || !ids.Contains(id))
            .Concat(pruned.Select(entry => JsonSerializer.SerializeToElement(entry, AtlasJson.Options)))
            .TakeLast(Limit)
            .ToArray();
        return JsonSerializer.SerializeToElement(traces, AtlasJson.Options);
    }
}
