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
        operation.Description = $"Requires the scope `{rules.Scope.ToString().ToLowerInvariant()}`.";
        operation.Parameters ??= [];
        var id = operation.OperationId ?? "";
        if (rules.Writes)
        {
            operation.Parameters.Add(Header("Idempotency-Key", "Makes retries safe: if you send the same request with the same key again, it is carried out once and gets the same answer. Up to 255 visible ASCII characters, such as a UUID."));
        }

        if (rules.Scope is Scopes.Govern)
        {
            operation.Parameters.Add(Header("If-Match", "The ETag of the playbook that you saw. If the current playbook is a different one, the change is refused with 412."));
        }

        if (id is "ResolvePlaybook")
        {
            operation.Parameters.Add(Header("If-None-Match", "The ETag of the playbook that you have. While it is current, the answer is 304."));
            if (operation.Responses?["200"] is OpenApiResponse found)
            {
                found.Headers = new Dictionary<string, IOpenApiHeader>
                {
                    ["ETag"] = new OpenApiHeader { Description = "The digest of the playbook, in quotation marks.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                };
            }
        }

        if (id is "WatchPlaybook")
        {
            operation.Parameters.Add(Header("Last-Event-ID", "The id of the last event that you received. The current playbook is sent only if it is a different one."));
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
            body.Required = example is JsonObject { Count: > 0 } && id is not ("FreezeKey" or "UnfreezeKey" or "StageKey" or "UnstageKey" or "UnpinKey" or "PromoteVersion" or "StopExperiment" or "ConcludeExperiment");
            foreach (var content in body.Content?.Values ?? [])
            {
                content.Example = example;
            }
        }

        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            (parameter.Example, var description) = parameter.Name switch
            {
                "key" => (JsonValue.Create("support%2Frefunds"), "The learning key, percent-encoded (`/` as `%2F`)."),
                "id" => (JsonValue.Create("1042"), "The number of the session, or the id of a provider's answer that was recorded with the session."),
                "reservation" => (JsonValue.Create("5f0c9a3e"), "The `reservation_id` from the answer to the reservation."),
                "number" => (JsonValue.Create(1), "The number of the experiment, from 1."),
                "version" => (JsonValue.Create(3), "The number of the version, from 1."),
                "limit" => (JsonValue.Create(50), $"The maximum number of items to return, from 1 to {(id is "ListEvents" ? "1,000" : "500")}."),
                "cursor" => (null, "The `next_cursor` of the previous page. Omit it to get the first page."),
                "learning_key" => (JsonValue.Create("support/refunds"), "Only sessions of this learning key."),
                "wait_seconds" => (JsonValue.Create(10), "The number of seconds to wait for the judging to be over, from 0 to 20. The default, 0, answers immediately."),
                "status" when id is "ListProposals" => (null, "Only proposals with this status: `pending`, `accepted` or `declined`. The default is all."),
                "status" => (null, "Only sessions with this status: `running`, `succeeded` or `failed`. The default is all."),
                "review_status" => (null, $"Only sessions with this review status: `pending`, `approved` or `quarantined`. The default is {(id is "ListReviews" ? "`pending`" : "all")}."),
                "tag" => (null, "Only sessions with this tag in their metadata."),
                "drift_alert" => (null, "`true` for sessions with a drift alert, `false` for sessions without one. The default is both."),
                "min_score" => (null, "Only sessions with at least this score, from 0 to 1."),
                "max_score" => (null, "Only sessions with at most this score, from 0 to 1."),
                "from" => (null, "The version to compare from; 0 is the empty playbook. The default is the version before `to`."),
                "to" => (null, "The version to compare to. The default is the newest version."),
                "sessions" => (null, "The number of sessions that the report covers, the newest ones, from 1 to 100,000."),
                "subject" => (null, "Only changes of this subject, such as a learning key or the number of a session."),
                "actor" => (null, "Only changes by the API key or person with this name."),
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
