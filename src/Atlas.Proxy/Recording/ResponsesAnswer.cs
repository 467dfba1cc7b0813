using System.Text.Json;

namespace Atlas.Proxy.Recording;

/// <summary>An answer of OpenAI's responses.</summary>
internal sealed class ResponsesAnswer : Answer
{
    protected override void TakeEvent(string type, JsonElement happened)
    {
        var kind = RequestMessages.Text(happened, "type") ?? type;
        switch (kind)
        {
            case "response.output_text.delta" or "response.refusal.delta":
                Say(RequestMessages.Text(happened, "delta"));
                break;
            case "response.output_item.done" when happened.TryGetProperty("item", out var item):
                TakeCall(item, (int)(Number(happened, "output_index") ?? Calls.Count));
                break;
            case "error":
                Error = RequestMessages.Text(happened, "code") ?? "error";
                TakeError(happened);
                break;
            case "response.completed" or "response.incomplete" or "response.failed":
                IsWhole = true;
                goto default;
            default:
                if (happened.TryGetProperty("response", out var response) && response.ValueKind is JsonValueKind.Object)
                {
                    TakeResponse(response, IsWhole);
                }

                break;
        }
    }

    protected override void TakeAll(JsonElement body)
    {
        TakeResponse(body, isEnd: true);
        IsWhole = true;
    }

    private void TakeResponse(JsonElement response, bool isEnd)
    {
        Id ??= RequestMessages.Text(response, "id");
        Model ??= RequestMessages.Text(response, "model");
        if (!isEnd)
        {
            return;
        }

        TakeError(response);
        StopReason = RequestMessages.Text(response.TryGetProperty("incomplete_details", out var details) ? details : default, "reason") ?? RequestMessages.Text(response, "status");
        InputTokens = Number(response, "usage", "input_tokens") ?? InputTokens;
        OutputTokens = Number(response, "usage", "output_tokens") ?? OutputTokens;
        CachedTokens = Number(response, "usage", "input_tokens_details", "cached_tokens") ?? CachedTokens;
        if (!Items(response, "output").Any())
        {
            return;
        }

        // The end says everything again, and what it says holds.
        ForgetText();
        Calls.Clear();
        var index = 0;
        foreach (var item in Items(response, "output"))
        {
            if (RequestMessages.Text(item, "type") == "message")
            {
                foreach (var part in Items(item, "content"))
                {
                    Say(RequestMessages.Text(part, "text") ?? RequestMessages.Text(part, "refusal"));
                }
            }

            TakeCall(item, index++);
        }
    }

    /// <summary>A call that the client is to answer; those that the provider answers itself have no id of a call.</summary>
    private void TakeCall(JsonElement item, int index)
    {
        if (RequestMessages.Text(item, "type") is { } type && type.EndsWith("_call", StringComparison.Ordinal) && RequestMessages.Text(item, "call_id") is { } id)
        {
            var call = CallAt(index);
            (call.Id, call.Name) = (id, RequestMessages.Text(item, "name") ?? type);
            call.Arguments.Clear().Append(
                RequestMessages.Text(item, "arguments") ?? RequestMessages.Text(item, "input") ?? (item.TryGetProperty("action", out var action) ? action.GetRawText() : ""));
        }
    }
}
