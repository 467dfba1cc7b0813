using System.Text.Json.Nodes;
using Atlas.Http.Access;
using Atlas.Http.Door;
using Atlas.Http.Problems;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Atlas.Http.Documents;

/// <summary>Adds to each operation what its signature does not say: headers, examples, and the refusals by name.</summary>
internal static class OperationDetails
{
    public static Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var rules = context.Description.ActionDescriptor.EndpointMetadata.OfType<EndpointRules>().Last();
        operation.Description = $"Needs the scope `{rules.Scope.ToString().ToLowerInvariant()}`.";
        operation.Parameters ??= [];
        var id = operation.OperationId ?? "";
        if (rules.Writes)
        {
            operation.Parameters.Add(Header("Idempotency-Key", "At most 255 visible ASCII characters. The same request with the same key again is carried out once and answered alike."));
        }

        if (rules.Scope is Scopes.Govern)
        {
            operation.Parameters.Add(Header("If-Match", "The ETag of the playbook that the change is meant for; on another one it is refused with 412."));
        }

        if (id is "ResolvePlaybook")
        {
            operation.Parameters.Add(Header("If-None-Match", "The ETag of the playbook that the caller has; the answer is 304 while it is current."));
            if (operation.Responses?["200"] is OpenApiResponse found)
            {
                found.Headers = new Dictionary<string, IOpenApiHeader>
                {
                    ["ETag"] = new OpenApiHeader { Description = "The digest of the playbook, in quotes.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                };
            }
        }

        if (id is "WatchPlaybook")
        {
            operation.Parameters.Add(Header("Last-Event-ID", "The id of the last event that was seen; the current playbook is sent only if it is another."));
        }

        Examples(operation, id);
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (int.TryParse(status, out var code) && Problem.ByStatus.TryGetValue(code, out var problems) && response is OpenApiResponse refusal)
            {
                refusal.Description = string.Join(" · ", problems.Select(problem => $"`{problem.Code}`: {problem.Title}."));
                foreach (var content in refusal.Content?.Values ?? [])
                {
                    content.Example = new JsonObject
                    {
                        ["type"] = problems[0].Type,
                        ["title"] = problems[0].Title,
                        ["status"] = code,
                        ["detail"] = "A sentence that says what was wrong and what would be right.",
                    };
                }
            }
        }

        return Task.CompletedTask;
    }

    private static void Examples(OpenApiOperation operation, string id)
    {
        if (operation.RequestBody is OpenApiRequestBody body && RequestExamples.Of(id) is { } example)
        {
            body.Required = example is JsonObject { Count: > 0 } && id is not ("FreezeKey" or "UnfreezeKey" or "StageKey" or "UnstageKey" or "UnpinKey" or "PromoteVersion");
            foreach (var content in body.Content?.Values ?? [])
            {
                content.Example = example;
            }
        }

        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            (parameter.Example, var description) = parameter.Name switch
            {
                "key" => (JsonValue.Create("support%2Frefunds"), "The learning key, percent-encoded."),
                "id" => (JsonValue.Create("1042"), "The number of the session, or the id of a provider's answer that was recorded with it."),
                "reservation" => (JsonValue.Create("5f0c9a3e"), "The reservation, as reserving named it."),
                "version" => (JsonValue.Create(3), "The version, from 1."),
                "limit" => (JsonValue.Create(50), "At most so many."),
                "cursor" => (null, "`next_cursor` of the page before."),
                "learning_key" => (JsonValue.Create("support/refunds"), "Only of this learning key."),
                "wait_seconds" => (JsonValue.Create(10), "Waits so long for the judging to be over, 0 to 20."),
                _ => ((JsonNode?)null, parameter.Description),
            };
            parameter.Description = description;
        }
    }

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
