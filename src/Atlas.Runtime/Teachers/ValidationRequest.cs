using Atlas.Runtime.Plans;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Contracts.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Learning.Text;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Students;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Teachers;

/// <summary>What the teacher is asked about a step, of the form <c>validation_request</c>.</summary>
internal static class ValidationRequest
{
    private const int LongestPreview = 2048;

    /// <summary>The request.</summary>
    /// <param name="step">The step.</param>
    /// <param name="attempt">What the student did.</param>
    /// <param name="priorResults">What it was given.</param>
    /// <param name="priorChanged">Whether that differs from what the verdict before was asked with.</param>
    /// <param name="priorGuidance">What the teacher had said of this step before the attempt.</param>
    /// <param name="attemptGuidance">What it said within this run of the step.</param>
    /// <param name="tools">The agent's tools.</param>
    /// <param name="playbook">The teacher's playbook; null if it is not told one.</param>
    public static JsonObject Write(
        PlanStep step,
        StudentAttempt attempt,
        JsonObject priorResults,
        bool priorChanged,
        ImmutableArray<string> priorGuidance,
        ImmutableArray<string> attemptGuidance,
        ImmutableArray<AITool> tools,
        RolePlaybook? playbook)
    {
        var output = attempt.Output;
        var structured = output.ToJson();
        var request = new JsonObject
        {
            ["step"] = step.ToJson(),
            ["trace"] = new JsonObject { ["hash"] = Sha256Text.Hex(attempt.Trace), ["preview"] = Preview(attempt.Trace) },
            ["status"] = output.Status,
            ["student_response"] = output.Text,
            ["reason"] = output.Reason?.DeepClone(),
            ["structured_output"] = Content(structured, withKeys: true),
            ["deliverable"] = Content(output.Deliverable, withKeys: false),
            ["artifacts"] = Content(output.Artifacts, withKeys: true),
            ["prior_results"] = Content(priorResults, withKeys: false, priorChanged),
            ["prior_guidance"] = Texts(priorGuidance),
            ["attempt_guidance"] = Texts(attemptGuidance),
            ["available_tools"] = ToolsOf(tools),
        };
        if (playbook is not null)
        {
            request["teacher_playbook"] = playbook.Text;
            request["teacher_playbook_hash"] = playbook.VersionSha256;
        }

        return request;
    }

    /// <summary>What tells one verdict from another: the same signature, the same verdict.</summary>
    public static string Signature(
        PlanStep step,
        JsonObject structured,
        JsonObject priorResults,
        ImmutableArray<string> priorGuidance,
        ImmutableArray<string> attemptGuidance,
        string? playbookHash)
    {
        var signed = new JsonObject
        {
            ["step"] = step.ToJson(),
            ["structured_output"] = structured.DeepClone(),
            ["prior_results"] = priorResults.DeepClone(),
            ["prior_guidance"] = Texts(priorGuidance),
            ["attempt_guidance"] = Texts(attemptGuidance),
        };
        if (playbookHash is not null)
        {
            signed["teacher_playbook_hash"] = playbookHash;
        }

        return JsonDigest.Of(signed);
    }

    /// <summary>The tools as the teacher sees them: <c>[{name, description, parameters {type, properties, required}}]</c>.</summary>
    public static JsonArray ToolsOf(ImmutableArray<AITool> tools) =>
    [
        .. tools.Select(tool => new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["parameters"] = tool is AIFunctionDeclaration { JsonSchema.ValueKind: JsonValueKind.Object } function ? Parameters(function.JsonSchema) : null,
        }),
    ];

    private static JsonObject Content(JsonNode? value, bool withKeys, bool? changed = null)
    {
        var content = new JsonObject { ["hash"] = JsonDigest.Of(value) };
        if (changed is { } differs)
        {
            content["changed"] = differs;
        }

        if (withKeys && value is JsonObject members)
        {
            content["keys"] = new JsonArray([.. members.Select(member => member.Key).Order(StringComparer.Ordinal).Select(key => (JsonNode)key)]);
        }

        content["content"] = value?.DeepClone();
        content["preview"] = Preview(JsonValues.Text(value));
        return content;
    }

    private static JsonObject Parameters(JsonElement schema)
    {
        var parameters = new JsonObject { ["type"] = "object" };
        foreach (var name in (string[])["properties", "required"])
        {
            if (schema.TryGetProperty(name, out var part))
            {
                parameters[name] = JsonNode.Parse(part.GetRawText());
            }
        }

        return parameters;
    }

    private static string Preview(string text) =>
        PythonText.Length(text) <= LongestPreview ? text : PythonText.Take(text, LongestPreview - 3) + "...";

    private static JsonArray Texts(ImmutableArray<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
