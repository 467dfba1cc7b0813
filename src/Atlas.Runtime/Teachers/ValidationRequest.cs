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

/// <summary>The question to the teacher about a step, in the form of <c>validation_request</c>.</summary>
internal static class ValidationRequest
{
    private const int LongestPreview = 2048;

    /// <summary>Returns the request.</summary>
    /// <param name="step">The step.</param>
    /// <param name="attempt">The student's attempt.</param>
    /// <param name="priorResults">The results that the student was given.</param>
    /// <param name="priorChanged">Whether they differ from those of the previous verdict.</param>
    /// <param name="priorGuidance">The teacher's guidance on this step before the attempt.</param>
    /// <param name="attemptGuidance">The teacher's guidance within this run of the step.</param>
    /// <param name="tools">The agent's tools.</param>
    /// <param name="playbook">The teacher's playbook; null if it does not get one.</param>
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

    /// <summary>Returns the signature of a verdict: the same signature means the same verdict.</summary>
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

    /// <summary>Returns the tools as the teacher sees them: <c>[{name, description, parameters {type, properties, required}}]</c>.</summary>
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
