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
            case var piece when piece.EndsWith(".delta", StringComparison.Ordinal) && piece != "response.audio.delta":
                // Reasoning, and the arguments of tools.
                Count(RequestMessages.Text(happened, "delta"));
                break;
            case "response.output_item.done" when happened.TryGetProperty("item", out var item):
                TakeCall(item, (int)(Number(happened, "output_index") ?? Calls.Count));
                break;
            case "error":
                Error = RequestMessages.Text(happened, "code") ?? "error";
                TakeError(happened);
                break;
            case "response.completed" or "response.incomplete" or "response.failed":
                (IsWhole, GoesOn) = (true, false);
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

        // A response in the background is handed out before it is worked on.
        GoesOn = RequestMessages.Text(body, "status") is "queued" or "in_progress";
        IsWhole = !GoesOn;
    }

    private void TakeResponse(JsonElement response, bool isEnd)
    {
        Id ??= RequestMessages.Text(response, "id");
        Model ??= RequestMessages.Text(response, "model");
        if (!isEnd)
        {
            // It is worked on even if nobody reads the stream to its end.
            GoesOn |= response.TryGetProperty("background", out var background) && background.ValueKind is JsonValueKind.True;
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

        // The final event repeats everything, and takes precedence.
        ForgetText();
        Calls.Clear();
        var index = 0;
        foreach (var item in Items(response, "output"))
        {
            var isMessage = RequestMessages.Text(item, "type") == "message";
            foreach (var part in Items(item, "content").Concat(isMessage ? [] : Items(item, "summary")))
            {
                var text = RequestMessages.Text(part, "text") ?? RequestMessages.Text(part, "refusal");
                (isMessage ? (Action<string?>)Say : Count)(text);
            }

            Count(RequestMessages.Text(item, "arguments") ?? RequestMessages.Text(item, "input"));

            TakeCall(item, index++);
        }
    }

    /// <summary>Reads a call for the client; calls that the provider handles itself have no call id.</summary>
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
