using System.Text.Json;

namespace Atlas.Proxy.Recording;

/// <summary>An answer of OpenAI's chat completions.</summary>
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

        // Of several choices, what a session is made of is the first.
        foreach (var choice in Items(body, "choices").Where(choice => Number(choice, "index") is null or 0))
        {
            StopReason = RequestMessages.Text(choice, "finish_reason") ?? StopReason;
            if (choice.TryGetProperty(part, out var said) && said.ValueKind is JsonValueKind.Object)
            {
                Say(said.TryGetProperty("content", out var content) ? RequestMessages.TextOf(content) : null);
                Say(RequestMessages.Text(said, "refusal"));
                TakeCalls(said);
            }
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
            if (piece.TryGetProperty("function", out var function) || piece.TryGetProperty("custom", out function))
            {
                call.Name += RequestMessages.Text(function, "name");
                call.Arguments.Append(RequestMessages.Text(function, "arguments") ?? RequestMessages.Text(function, "input"));
            }
        }
    }
}
