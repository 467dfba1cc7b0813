using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Xunit;

namespace Atlas.Cluster.Deployment;

/// <summary>Demands that a document has the form that a schema describes.</summary>
internal static class SchemaCheck
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List };

    public static void Demand(string schema, JsonNode document)
    {
        var result = Evaluate(schema, document);
        Assert.True(result.IsValid, $"{document.ToJsonString()[..Math.Min(200, document.ToJsonString().Length)]}\n{Faults(result)}");
    }

    public static bool Accepts(string schema, JsonNode document) => Evaluate(schema, document).IsValid;

    private static EvaluationResults Evaluate(string schema, JsonNode document) => JsonSchema
        .FromText(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Deployment", "schemas", schema + ".json")))
        .Evaluate(JsonSerializer.SerializeToElement(document), Options);

    private static string Faults(EvaluationResults result) => string.Join('\n', (result.Details ?? [])
        .Where(detail => detail.Errors is { Count: > 0 })
        .Select(detail => $"{detail.InstanceLocation}: {JsonSerializer.Serialize(detail.Errors)}"));
}
