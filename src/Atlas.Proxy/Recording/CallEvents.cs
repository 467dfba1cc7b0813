using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Proxy.Recording;

/// <summary>Events of a session besides those of the chat client: what the user said, and the outcome of a call.</summary>
internal static class CallEvents
{
    public const string UserMessage = "user_message";
    public const string ModelCall = "model_call";

    /// <summary>Creates an event for something that the user, or the program on its behalf, said.</summary>
    public static JsonElement User(string text, TimeProvider time) => Create("CUSTOM_END", UserMessage, "user", null, text, null, time);

    /// <summary>Creates an event for a completed model call.</summary>
    public static JsonElement Call(RecordedCall call, TimeProvider time)
    {
        var answer = call.Copy.Answer;
        var usage = answer.InputTokens is null && answer.OutputTokens is null ? null : new JsonObject
        {
            ["prompt_tokens"] = answer.InputTokens,
            ["completion_tokens"] = answer.OutputTokens,
            ["total_tokens"] = (answer.InputTokens ?? 0) + (answer.OutputTokens ?? 0),
            ["cached_prompt_tokens"] = answer.CachedTokens,
            ["cache_write_tokens"] = answer.CacheWriteTokens,
        };
        var output = new JsonObject
        {
            ["status"] = call.Status,
            ["response_id"] = answer.Id,
            ["model"] = answer.Model,
            ["stop_reason"] = answer.StopReason,
            ["error"] = answer.Error ?? call.Failure,
            ["streamed"] = call.IsStream,
            ["whole"] = answer.IsWhole && call.Failure is null,
            ["first_byte_ms"] = call.FirstByte is { } first ? Math.Round(first.TotalMilliseconds, 3) : null,
            ["duration_ms"] = Math.Round(call.Duration.TotalMilliseconds, 3),
        };
        var input = new JsonObject { ["upstream"] = call.Upstream, ["path"] = call.Path, ["model"] = call.Model };
        if (call.Price is { } price)
        {
            input["price"] = JsonSerializer.SerializeToNode(price, AtlasJson.Options);
            output["cost_usd"] = price.Of(answer.InputTokens ?? 0, answer.OutputTokens ?? 0, answer.CachedTokens ?? 0, answer.CacheWriteTokens ?? 0);
        }

        return Create("CUSTOM_END", ModelCall, "proxy", input, output, usage, time);
    }

    private static JsonElement Create(string type, string name, string actor, JsonNode? input, JsonNode? output, JsonNode? usage, TimeProvider time) =>
        JsonSerializer.SerializeToElement(new JsonObject
        {
            ["parent_id"] = "root",
            ["function_ancestry"] = new JsonObject { ["function_id"] = "root", ["function_name"] = "root", ["parent_id"] = null, ["parent_name"] = null },
            ["payload"] = new JsonObject
            {
                ["event_type"] = type,
                ["event_timestamp"] = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0,
                ["name"] = name,
                ["metadata"] = new JsonObject { ["actor"] = actor },
                ["data"] = new JsonObject { ["input"] = input, ["output"] = output, ["chunk"] = null },
                ["usage_info"] = usage is null ? null : new JsonObject { ["token_usage"] = usage },
                ["UUID"] = Guid.NewGuid().ToString(),
            },
        });
}
