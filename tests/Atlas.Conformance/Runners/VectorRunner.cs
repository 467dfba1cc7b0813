using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Conformance.Runners;

/// <summary>Runs the cases of one vector file.</summary>
internal abstract class VectorRunner
{
    /// <summary>Name of the file, without extension.</summary>
    public abstract string File { get; }

    /// <summary>What differs in a case, a sentence each; none if it agrees.</summary>
    public abstract IEnumerable<string> Run(JsonElement vector, ConformanceSettings settings);

    /// <summary>The same, where a case cannot be run without the others of its file.</summary>
    public virtual IEnumerable<string> Run(JsonElement vector, IReadOnlyList<JsonElement> file, ConformanceSettings settings) => Run(vector, settings);

    /// <summary>All files that this project runs.</summary>
    public static IReadOnlyList<VectorRunner> All { get; } =
    [
        new CueMatchRunner(),
        new DriftRunner(),
        new EntryEvaluationRunner(),
        new EntryIdRunner(),
        new EvidenceRunner(),
        new LearningHistoryRunner(),
        new LearningKeyRunner(),
        new PlaybookTrimRunner(),
        new PruningRunner(),
        new RewardRunner(),
        new SynthesisRunner(),
        new UsageAndImpactRunner(),
    ];

    protected static IEnumerable<string> Compare<T>(JsonElement expected, T actual) =>
        JsonComparison.Differences(expected, JsonSerializer.SerializeToElement(actual, AtlasJson.Options));

    protected static JsonElement? Optional(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    protected static T Read<T>(JsonElement value, string name)
        where T : new() =>
        Optional(value, name) is { } member ? member.Deserialize<T>(AtlasJson.Options)! : new T();

    protected static string[] Texts(JsonElement value, string name) =>
        Optional(value, name) is { } list ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];
}
