using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.Models.Providers.Wire;

/// <summary>A complete message of Anthropic's protocol: split into events, or assembled from them.</summary>
internal sealed class WholeMessage
{
    private readonly SortedDictionary<long, JsonObject> _blocks = [];
    private readonly Dictionary<long, StringBuilder> _inputs = [];
    private JsonObject _message = [];

    /// <summary>Splits a message into the events that would have delivered it.</summary>
    /// <exception cref="ModelException">It is not a message.</exception>
    public static IEnumerable<(string Type, JsonElement Data)> EventsOf(JsonElement message, Voice voice)
    {
        if (message.ValueKind == JsonValueKind.Array && message.GetArrayLength() > 0)
        {
            message = message[0];
        }

        if (message.Text("type") == "error" || message.Says("error"))
        {
            yield return ("error", message);
            yield break;
        }

        if (message.Member("content").ValueKind == JsonValueKind.Undefined && !message.Says("stop_reason"))
        {
            throw voice.Failure(ModelFailure.Unreadable, "answered with JSON that is not a message", ProviderReason.Of(message).Text);
        }

        yield return Event(new JsonObject { ["type"] = "message_start", ["message"] = Node(message) });
        var content = message.Member("content");
        JsonObject[] blocks = content.ValueKind == JsonValueKind.String
            ? [new JsonObject { ["type"] = "text", ["text"] = content.Read() }]
            : [.. content.Objects().Select(block => Node(block)!.AsObject())];
        foreach (var (index, block) in blocks.Index())
        {
            yield return Event(new JsonObject { ["type"] = "content_block_start", ["index"] = index, ["content_block"] = block });
            yield return Event(new JsonObject { ["type"] = "content_block_stop", ["index"] = index });
        }

        yield return Event(new JsonObject
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = message.Text("stop_reason"), ["stop_details"] = Node(message.Member("stop_details")) },
            ["usage"] = Node(message.Member("usage")),
        });
        yield return Event(new JsonObject { ["type"] = "message_stop" });
    }

    /// <summary>Adds an event of <see cref="MessageAnswer"/>.</summary>
    public void Add(JsonObject one)
    {
        var index = one["index"]?.GetValue<long>() ?? 0;
        switch (one["type"]?.GetValue<string>())
        {
            case "message_start":
                _message = one["message"]!.DeepClone().AsObject();
                break;
            case "content_block_start":
                _blocks[index] = one["content_block"]!.DeepClone().AsObject();
                break;
            case "content_block_delta" when _blocks.TryGetValue(index, out var block):
                Append(block, one["delta"]!.AsObject(), index);
                break;
            case "message_delta":
                _message["stop_reason"] = one["delta"]!["stop_reason"]!.DeepClone();
                _message["usage"]!["output_tokens"] = one["usage"]!["output_tokens"]!.DeepClone();
                break;
        }
    }

    /// <summary>Returns the message as JSON.</summary>
    public string ToJson()
    {
        foreach (var (index, input) in _inputs)
        {
            // What cannot be parsed is passed on as it is, so that the model learns of it.
            _blocks[index]["input"] = ArgumentText.IsObject(input.ToString()) ? JsonNode.Parse(input.ToString()) : new JsonObject { ["unreadable_arguments"] = input.ToString() };
        }

        _message["content"] = new JsonArray([.. _blocks.Values.Select(block => block.DeepClone())]);
        return _message.ToJsonString();
    }

    private void Append(JsonObject block, JsonObject delta, long index)
    {
        foreach (var name in (string[])["text", "thinking", "signature"])
        {
            if (delta[name] is JsonValue piece && piece.TryGetValue<string>(out var text))
            {
                block[name] = (block[name] is JsonValue before && before.TryGetValue<string>(out var said) ? said : "") + text;
            }
        }

        if (delta["partial_json"] is JsonValue json && json.TryGetValue<string>(out var partial))
        {
            if (!_inputs.TryGetValue(index, out var input))
            {
                _inputs[index] = input = new StringBuilder();
            }

            input.Append(partial);
        }
    }

    private static (string Type, JsonElement Data) Event(JsonObject one) => (one["type"]!.GetValue<string>(), JsonElement.Parse(one.ToJsonString()));

    private static JsonNode? Node(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? null : JsonNode.Parse(value.GetRawText());
}
