using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents.Http;

/// <summary>The body of a request to an HTTP agent.</summary>
internal static class HttpAgentBody
{
    public static JsonObject Of(AgentCall call, JsonElement template)
    {
        var body = template.ValueKind == JsonValueKind.Object ? JsonObject.Create(template)! : [];
        body.TryAdd("prompt", PromptOf(call));
        body.TryAdd("metadata", MetadataOf(call));
        return body;
    }

    // The request to execute a tool is a single object; there is nothing else to say.
    private static string PromptOf(AgentCall call) => call.Payload.Tool is { } tool
        ? new JsonObject { ["tool"] = new JsonObject { ["name"] = tool.Name, ["arguments"] = tool.Arguments.DeepClone() } }.ToJsonString()
        : call.Prompt;

    private static JsonObject MetadataOf(AgentCall call)
    {
        var metadata = call.Payload.ToJson();
        metadata["messages"] = new JsonArray([.. call.Messages.Select(MessageJson.Of)]);
        if (!call.Tools.IsDefaultOrEmpty)
        {
            metadata["tools"] = new JsonArray([.. call.Tools.OfType<AIFunctionDeclaration>().Select(ToolOf)]);
            metadata["tool_choice"] = call.ToolMode is RequiredChatToolMode ? "required" : "auto";
        }

        return metadata;
    }

    private static JsonObject ToolOf(AIFunctionDeclaration tool)
    {
        var function = new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["parameters"] = JsonSerializer.SerializeToNode(tool.JsonSchema),
        };
        if (tool.ReturnJsonSchema is { } returned)
        {
            function["outputSchema"] = JsonSerializer.SerializeToNode(returned);
        }

        return new JsonObject { ["type"] = "function", ["function"] = function };
    }
}
