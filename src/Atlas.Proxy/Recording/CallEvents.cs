using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json;

namespace Atlas.Proxy.Recording;

/// <summary>Events of a session besides those of the chat client: what the user said, and the outcome of a call.</summary>
internal static class CallEvents
{
    public const string UserMessage = "user_message";
    public const string ModelCall = "model_call";

    /// <summary>Creates an event for something that the user, or the program on its behalf, said.</summary>
    public static JsonElement User(string text, TimeProvider time) => Create(UserMessage, "user", null, text, null, time);

    /// <summary>Creates an event for a completed model call.</summary>
    public static JsonElement Call(RecordedCall call, TimeProvider time)
    {
        var answer = call.Copy.Answer;
        var usage = answer.InputTokens is null && answer.OutputTokens is null ? null : new
        {
            prompt_tokens = answer.InputTokens,
            completion_tokens = answer.OutputTokens,
            total_tokens = (answer.InputTokens ?? 0) + (answer.OutputTokens ?? 0),
            cached_prompt_tokens = answer.CachedTokens,
            cache_write_tokens = answer.CacheWriteTokens,
        };
        var outcome = new Outcome(
            call.Status,
            answer.Id,
            answer.Model,
            answer.StopReason,
            answer.Error ?? call.Failure,
            call.IsStream,
            answer.IsWhole && call.Failure is null,
            call.FirstByte is { } first ? Math.Round(first.TotalMilliseconds, 3) : null,
            Math.Round(call.Duration.TotalMilliseconds, 3));
        return call.Price is not { } price
            ? Create(ModelCall, "proxy", new { upstream = call.Upstream, path = call.Path, model = call.Model }, outcome, usage, time)
            : Create(
                ModelCall,
                "proxy",
                new { upstream = call.Upstream, path = call.Path, model = call.Model, price = JsonSerializer.SerializeToElement(price, AtlasJson.Options) },
                outcome with { Cost = price.Of(answer.InputTokens ?? 0, answer.OutputTokens ?? 0, answer.CachedTokens ?? 0, answer.CacheWriteTokens ?? 0) },
                usage,
                time);
    }

    // Written from objects rather than nodes: a busy proxy makes thousands of these a second.
    private static JsonElement Create(string name, string actor, object? input, object? output, object? usage, TimeProvider time) =>
        JsonSerializer.SerializeToElement(new
        {
            parent_id = "root",
            function_ancestry = new { function_id = "root", function_name = "root", parent_id = (string?)null, parent_name = (string?)null },
            payload = new
            {
                event_type = "CUSTOM_END",
                event_timestamp = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0,
                name,
                metadata = new { actor },
                data = new { input, output, chunk = (string?)null },
                usage_info = usage is null ? null : new { token_usage = usage },
                UUID = Guid.NewGuid(),
            },
        });

    private sealed record Outcome(
        [property: JsonPropertyName("status")] int Status,
        [property: JsonPropertyName("response_id")] string? ResponseId,
        [property: JsonPropertyName("model")] string? Model,
        [property: JsonPropertyName("stop_reason")] string? StopReason,
        [property: JsonPropertyName("error")] string? Error,
        [property: JsonPropertyName("streamed")] bool Streamed,
        [property: JsonPropertyName("whole")] bool Whole,
        [property: JsonPropertyName("first_byte_ms")] double? FirstByte,
        [property: JsonPropertyName("duration_ms")] double Duration)
    {
        [JsonPropertyName("cost_usd"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public decimal? Cost { get; init; }
    }
}
