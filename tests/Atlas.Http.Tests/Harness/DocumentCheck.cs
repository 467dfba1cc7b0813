using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Atlas.Http.Tests.Harness;

/// <summary>Holds answers against the OpenAPI document.</summary>
internal sealed class DocumentCheck
{
    private const string Refusal = "application/problem+json";

    private readonly JsonObject _document;
    private readonly List<(Regex Path, JsonObject Item)> _paths;
    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);

    public DocumentCheck(string document)
    {
        _document = JsonNode.Parse(document)!.AsObject();
        _paths = [.. _document["paths"]!.AsObject()
            .OrderBy(path => path.Key.Count(character => character == '{'))
            .Select(path => (new Regex("^" + Regex.Replace(path.Key, @"\{[^}]+\}", "[^/]+") + "$"), path.Value!.AsObject()))];
    }

    public void Check(string method, string path, int status, string? contentType, string body)
    {
        var where = $"{method} {path} → {status}";
        try
        {
            if (path.StartsWith("/v1/", StringComparison.Ordinal))
            {
                EveryAnswer.Count();
                var operation = _paths.Where(known => known.Path.IsMatch(path)).Select(known => known.Item[method.ToLowerInvariant()]).OfType<JsonObject>().FirstOrDefault();
                CheckApi(operation, where, status, contentType, body);
            }
            else if (path is "/mcp" && body.Length > 0)
            {
                EveryAnswer.Count();
                CheckTools(where, status, contentType, body);
            }
        }
        catch (JsonException)
        {
            EveryAnswer.Complain($"{where} is no JSON: {Short(body)}");
        }
    }

    private void CheckApi(JsonObject? operation, string where, int status, string? contentType, string body)
    {
        if (operation is null)
        {
            // What the document does not know is refused, and in its words.
            if (status is not (404 or 405 or 401 or 403 or 429 or 400) || contentType is not Refusal)
            {
                EveryAnswer.Complain($"{where} is not in the document: {contentType} {Short(body)}");
            }
            else
            {
                CheckBody(Schema("ProblemDetails"), where, body);
            }

            return;
        }

        if (operation["responses"]![status.ToString(CultureInfo.InvariantCulture)] is not JsonObject response)
        {
            EveryAnswer.Complain($"{where} is not in the document: {Short(body)}");
        }
        else if (contentType is null ? body.Length > 0 : response["content"]?[contentType] is null)
        {
            EveryAnswer.Complain($"{where} answers with {contentType ?? "no content type"}, which the document does not know.");
        }
        else if (body.Length > 0 && contentType!.EndsWith("json", StringComparison.Ordinal) && response["content"]![contentType]!["schema"] is { } schema)
        {
            CheckBody(schema, where, body);
        }
    }

    /// <summary>MCP is described by its own specification: messages of JSON-RPC, or a refusal of the door.</summary>
    private void CheckTools(string where, int status, string? contentType, string body)
    {
        if (contentType is Refusal)
        {
            CheckBody(Schema("ProblemDetails"), where, body);
            return;
        }

        foreach (var message in contentType is "text/event-stream" ? body.Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => line[5..]) : [body])
        {
            var said = JsonNode.Parse(message) as JsonObject;
            if (said?["jsonrpc"]?.GetValue<string>() is not "2.0" || new[] { "result", "error", "method" }.Count(said.ContainsKey) != 1 || (status >= 400 && !said.ContainsKey("error")))
            {
                EveryAnswer.Complain($"{where} is no message of JSON-RPC: {Short(message)}");
            }
        }
    }

    private void CheckBody(JsonNode schema, string where, string body)
    {
        using var value = JsonDocument.Parse(body);
        var result = SchemaOf(schema).Evaluate(value.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        if (!result.IsValid)
        {
            var faults = (result.Details ?? []).Where(detail => detail.Errors is not null)
                .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
            EveryAnswer.Complain($"{where} does not fit its schema: {string.Join("; ", faults.Take(5))} in {Short(body)}");
        }
    }

    private JsonObject Schema(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private JsonSchema SchemaOf(JsonNode schema) => _schemas.GetOrAdd(schema.ToJsonString(), text =>
    {
        var whole = JsonNode.Parse(text)!.AsObject();
        whole["$defs"] = _document["components"]!["schemas"]!.DeepClone();
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    });

    private static string Short(string text) => text.Length <= 300 ? text : text[..300] + "…";
}
