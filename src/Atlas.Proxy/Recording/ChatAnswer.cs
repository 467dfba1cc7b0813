using System.Text.Json;

namespace Atlas.Proxy.Recording;

/// <summary>An answer of OpenAI's chat completions, or of the completions from before chats.</summary>
internal sealed class ChatAnswer : Answer
{
    protected override void TakeEvent(string type, JsonElement happened) => Take(happened, "delta");

    protected override void TakeAll(JsonElement body)
    {
        Take(body, "message");
        IsWhole = true;
    }

    private void Take(JsonElement body, string part)
    {
        TakeError(body);
        Id ??= RequestMessages.Text(body, "id");
        Model ??= RequestMessages.Text(body, "model");
        if (body.TryGetProperty("usage", out var usage) && usage.ValueKind is JsonValueKind.Object)
        {
            InputTokens = Number(usage, "prompt_tokens");
            OutputTokens = Number(usage, "completion_tokens");
            CachedTokens = Number(usage, "prompt_tokens_details", "cached_tokens");
        }

        // If there are several choices, a session records the first.
        foreach (var choice in Items(body, "choices"))
        {
            var isFirst = Number(choice, "index") is null or 0;
            Count(RequestMessages.Text(choice, "text"));
            StopReason = (isFirst ? RequestMessages.Text(choice, "finish_reason") : null) ?? StopReason;
            if (choice.TryGetProperty(part, out var said) && said.ValueKind is JsonValueKind.Object)
            {
                Take(said, isFirst);
            }
        }
    }

    private void Take(JsonElement said, bool isFirst)
    {
        Action<string?> take = isFirst ? Say : Count;
        take(said.TryGetProperty("content", out var content) ? RequestMessages.TextOf(content) : null);
        take(RequestMessages.Text(said, "refusal"));

        // Two names that servers use for the same.
        Count(RequestMessages.Text(said, "reasoning_content") ?? RequestMessages.Text(said, "reasoning"));
        foreach (var piece in Items(said, "tool_calls"))
        {
            if (FunctionOf(piece) is { } function)
            {
                Count(ArgumentsOf(function));
            }
        }

        if (isFirst)
        {
            TakeCalls(said);
        }
    }

    private void TakeCalls(JsonElement said)
    {
        var next = 0;
        foreach (var piece in Items(said, "tool_calls"))
        {
            var call = CallAt((int)(Number(piece, "index") ?? next));
            next++;
            call.Id = RequestMessages.Text(piece, "id") ?? call.Id;
            if (FunctionOf(piece) is { } function)
            {
                call.Name += RequestMessages.Text(function, "name");
                call.Arguments.Append(ArgumentsOf(function));
            }
        }
    }

    private static JsonElement? FunctionOf(JsonElement call) => call.TryGetProperty("function", out var function) || call.TryGetProperty("custom", out function) ? function : null;

    private static string? ArgumentsOf(JsonElement function) => RequestMessages.Text(function, "arguments") ?? RequestMessages.Text(function, "input");
}
