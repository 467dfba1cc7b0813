using System.Text.Json.Nodes;
using Atlas.Domain.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Agents.Http;

/// <summary>A message in the form of chat completions: <c>{role, content, tool_calls?, tool_call_id?}</c>.</summary>
internal static class MessageJson
{
    public static JsonNode Of(ChatMessage message)
    {
        var json = new JsonObject { ["role"] = message.Role.Value, ["content"] = message.Text };
        var calls = message.Contents.OfType<FunctionCallContent>().Select(CallOf).ToArray();
        if (calls.Length > 0)
        {
            json["tool_calls"] = new JsonArray(calls);
        }

        if (message.Contents.OfType<FunctionResultContent>().FirstOrDefault() is { } result)
        {
            json["tool_call_id"] = result.CallId;
            json["content"] = JsonValues.Text(result.Result);
        }

        return json;
    }

    private static JsonNode CallOf(FunctionCallContent call) => new JsonObject
    {
        ["id"] = call.CallId,
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = call.Name,
            ["arguments"] = JsonValues.Of(call.Arguments)?.ToJsonString(AtlasJson.Options) ?? "{}",
        },
    };
}
