using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Atlas.Proxy.Tests.Harness;

/// <summary>A client that holds a conversation in one of the protocols, and sends all of it each time.</summary>
internal sealed class Talk(House house, string protocol, string key, bool streams)
{
    private readonly string _id = Guid.NewGuid().ToString();
    private readonly JsonArray _list = [];

    public async Task<string> AskAsync(string text, Func<HttpContext, Task> answer)
    {
        _list.Add(new JsonObject { ["role"] = "user", ["content"] = text });
        return await SendAsync(answer);
    }

    /// <summary>Sends what the model asked for, and what a tool gave.</summary>
    public async Task<string> AnswerAsync(string call, string result, Func<HttpContext, Task> answer)
    {
        foreach (var item in protocol switch
        {
            "messages" => new JsonNode[]
            {
                new JsonObject { ["role"] = "assistant", ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_use", ["id"] = call, ["name"] = "get_order", ["input"] = new JsonObject() }) },
                new JsonObject { ["role"] = "user", ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = call, ["content"] = result }) },
            },
            "responses" =>
            [
                new JsonObject { ["type"] = "function_call", ["call_id"] = call, ["name"] = "get_order", ["arguments"] = "{}" },
                new JsonObject { ["type"] = "function_call_output", ["call_id"] = call, ["output"] = result },
            ],
            _ =>
            [
                new JsonObject
                {
                    ["role"] = "assistant",
                    ["tool_calls"] = new JsonArray(new JsonObject { ["id"] = call, ["type"] = "function", ["function"] = new JsonObject { ["name"] = "get_order", ["arguments"] = "{}" } }),
                },
                new JsonObject { ["role"] = "tool", ["tool_call_id"] = call, ["content"] = result },
            ],
        })
        {
            _list.Add(item);
        }

        return await SendAsync(answer);
    }

    private async Task<string> SendAsync(Func<HttpContext, Task> answer)
    {
        house.Upstream.Answer = (context, _) => answer(context);
        var path = protocol switch { "messages" => "anthropic/v1/messages", "responses" => "openai/v1/responses", _ => "openai/v1/chat/completions" };
        var body = new JsonObject { ["model"] = "m", ["stream"] = streams, ["max_tokens"] = 100, [protocol == "responses" ? "input" : "messages"] = _list.DeepClone() };
        using var said = await house.PostAsync($"proxy/k/{Uri.EscapeDataString(key)}/{path}", body.ToJsonString(), ("x-session-affinity", _id));
        await said.TextAsync();
        Assert.True(JsonNode.DeepEquals(body, JsonNode.Parse(house.Upstream.Last.Body)));
        return said.Head("x-atlas-session-id")!;
    }
}
