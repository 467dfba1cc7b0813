using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Runtime.Tests.Harness;

/// <summary>Records as they are stored.</summary>
internal static class StoredJson
{
    /// <summary>The verdict on the last attempt at a step.</summary>
    public static JsonNode Validation(this RunStep step) => JsonSerializer.SerializeToNode(step.Evaluation.Validation, AtlasJson.Options)!;
}
