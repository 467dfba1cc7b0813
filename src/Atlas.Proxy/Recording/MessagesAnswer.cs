using System.Text.Json;

namespace Atlas.Proxy.Recording;

/// <summary>An answer of Anthropic's messages.</summary>
internal sealed class MessagesAnswer : Answer
{
    protected override void TakeEvent(string type, JsonElement happened)
    {
        switch (RequestMessages.Text(happened, "type") ?? type)
        {
            case "message_start" when happened.TryGetProperty("message", out var message):
                TakeHead(message);
                break;
            case "content_block_start" when happened.TryGetProperty("content_block", out var block):
                TakeBlock(block, IndexOf(happened));
                break;
            case "content_block_delta" when happened.TryGetProperty("delta", out var delta):
                Say(RequestMessages.Text(delta, "type") == "text_delta" ? RequestMessages.Text(delta, "text") : null);
                Count(RequestMessages.Text(delta, "thinking"));
                var arguments = RequestMessages.Text(delta, "partial_json");
                Count(arguments);
                if (Calls.TryGetValue(IndexOf(happened), out var call))
                {
                    call.Arguments.Append(arguments);
                }

                break;
            case "message_delta":
                StopReason = happened.TryGetProperty("delta", out var end) ? RequestMessages.Text(end, "stop_reason") ?? StopReason : StopReason;
                TakeUsage(happened);
                break;
            case "message_stop":
                IsWhole = true;
                break;
            case "error":
                TakeError(happened);
                break;
        }
    }

    protected override void TakeAll(JsonElement body)
    {
        TakeHead(body);
        StopReason = RequestMessages.Text(body, "stop_reason");
        var index = 0;
        foreach (var block in Items(body, "content"))
        {
            TakeBlock(block, index++);
        }

        IsWhole = true;
    }

    private static int IndexOf(JsonElement happened) => (int)(Number(happened, "index") ?? 0);

    private void TakeHead(JsonElement message)
    {
        Id = RequestMessages.Text(message, "id");
        Model = RequestMessages.Text(message, "model");
        TakeUsage(message);
    }

    private void TakeBlock(JsonElement block, int index)
    {
        switch (RequestMessages.Text(block, "type"))
        {
            case "text":
                Say(RequestMessages.Text(block, "text"));
                break;
            case "thinking":
                Count(RequestMessages.Text(block, "thinking"));
                break;
            case "tool_use":
                var call = CallAt(index);
                (call.Id, call.Name) = (RequestMessages.Text(block, "id") ?? "", RequestMessages.Text(block, "name") ?? "");

                // In a stream, it is empty at first, and its pieces follow.
                if (block.TryGetProperty("input", out var input) && input.ValueKind is JsonValueKind.Object && input.EnumerateObject().Any())
                {
                    call.Arguments.Append(input.GetRawText());
                    Count(input.GetRawText());
                }

                break;
        }
    }

    /// <summary>Reads the usage. Anthropic counts tokens read from and written to the cache separately; here the input is the
    /// sum.</summary>
    private void TakeUsage(JsonElement body)
    {
        if (body.TryGetProperty("usage", out var usage) && usage.ValueKind is JsonValueKind.Object)
        {
            CachedTokens = Number(usage, "cache_read_input_tokens") ?? CachedTokens;
            CacheWriteTokens = Number(usage, "cache_creation_input_tokens") ?? CacheWriteTokens;
            if (Number(usage, "input_tokens") is { } plain)
            {
                InputTokens = plain + (CachedTokens ?? 0) + (CacheWriteTokens ?? 0);
            }

            OutputTokens = Number(usage, "output_tokens") ?? OutputTokens;
        }
    }
}
