using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Atlas.Http.Tests.Harness;

/// <summary>Holds answers against the OpenAPI document.</summary>
public sealed class DocumentCheck
{
    private readonly JsonObject _document;
    private readonly List<string> _complaints;
    private readonly List<(Regex Path, JsonObject Item)> _paths;
    private readonly ConcurrentDictionary<string, JsonSchema> _schemas = new(StringComparer.Ordinal);

    public DocumentCheck(string document, List<string> complaints)
    {
        _document = JsonNode.Parse(document)!.AsObject();
        _complaints = complaints;
        _paths = [.. _document["paths"]!.AsObject()
            .OrderBy(path => path.Key.Count(character => character == '{'))
            .Select(path => (new Regex("^" + Regex.Replace(path.Key, @"\{[^}]+\}", "[^/]+") + "$"), path.Value!.AsObject()))];
    }

    public void Check(HttpMethod method, string path, int status, string? contentType, string body)
    {
        var item = _paths.FirstOrDefault(known => known.Path.IsMatch(path)).Item;
        if (item?[method.Method.ToLowerInvariant()] is not JsonObject operation)
        {
            return;
        }

        var where = $"{method} {path} → {status}";
        if (operation["responses"]![status.ToString(System.Globalization.CultureInfo.InvariantCulture)] is not JsonObject response)
        {
            Complain($"{where} is not in the document: {body}");
            return;
        }

        if (body.Length == 0 || contentType is null)
        {
            return;
        }

        if (response["content"]?[contentType] is not JsonObject content)
        {
            Complain($"{where} answers with {contentType}, which the document does not know.");
            return;
        }

        if (contentType.EndsWith("json", StringComparison.Ordinal) && content["schema"] is { } schema)
        {
            using var value = JsonDocument.Parse(body);
            var result = SchemaOf(schema).Evaluate(value.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
            if (!result.IsValid)
            {
                var faults = (result.Details ?? []).Where(detail => detail.Errors is not null)
                    .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
                Complain($"{where} does not fit its schema: {string.Join("; ", faults.Take(5))} in {body}");
            }
        }
    }

    private JsonSchema SchemaOf(JsonNode schema) => _schemas.GetOrAdd(schema.ToJsonString(), text =>
    {
        var whole = JsonNode.Parse(text)!.AsObject();
        whole["$defs"] = _document["components"]!["schemas"]!.DeepClone();
        return JsonSchema.FromText(whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
    });

    private void Complain(string complaint)
    {
        lock (_complaints)
        {
            _complaints.Add(complaint);
        }

        throw new Xunit.Sdk.XunitException(complaint);
    }
}

/// <summary>Sends, and holds every answer against the document.</summary>
public sealed class CheckedHandler(DocumentCheck check) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var type = response.Content.Headers.ContentType?.MediaType;
        var body = type is "text/event-stream" ? "" : await response.Content.ReadAsStringAsync(cancellationToken);
        check.Check(request.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, type, body);
        return response;
    }
}
