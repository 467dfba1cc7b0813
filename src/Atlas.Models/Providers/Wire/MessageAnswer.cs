using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.Models.Providers.Wire;

/// <summary>An answer of Anthropic's messages protocol, as far as it has arrived. Its events are passed on to the vendor's package; tool
/// calls are held back until their arguments are complete, and the finish reason until the end.</summary>
internal sealed class MessageAnswer(Voice voice)
{
    private readonly Dictionary<long, ToolUse> _tools = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private JsonObject? _usage;
    private string _stopWord = "";
    private string _explanation = "";
    private bool _hasBegun;
    private bool _hasCalls;
    private bool _hasStopped;

    /// <summary>Adds an event.</summary>
    /// <returns>The events to pass on; empty if the event is held back or not needed.</returns>
    /// <exception cref="ModelException">The event is an error.</exception>
    public IEnumerable<JsonObject> Add(string type, JsonElement data)
    {
        if (type == "error" || data.Text("type") == "error" || data.Says("error"))
        {
            var reason = ProviderReason.Of(data);
            throw voice.Refusal(reason, reason.Status ?? 500, _text.Length > 0 ? "in the middle of its answer" : "in place of an answer");
        }

        return type switch
        {
            "message_start" => Start(data.Member("message")),
            "content_block_start" => BlockStart(data.Number("index") ?? 0, data.Member("content_block"), data),
            "content_block_delta" => BlockDelta(data.Number("index") ?? 0, data.Member("delta"), data),
            "content_block_stop" => BlockStop(data.Number("index") ?? 0, data),
            "message_delta" => Delta(data),
            "message_stop" => Stop(),
            _ => [],
        };
    }

    /// <summary>Returns the events that end the answer.</summary>
    /// <exception cref="ModelException">It is not a valid answer.</exception>
    public IEnumerable<JsonObject> LastEvents()
    {
        var open = _tools.Keys.Order().ToArray();
        var finish = FinishWords.Of(_stopWord);
        if (finish is Finish.Filtered)
        {
            var said = _explanation.Length > 0 ? _explanation : _text.ToString();
            throw voice.Failure(ModelFailure.Refused, $"refused to answer (stop_reason {ProviderReason.Line(_stopWord)})", ProviderReason.Line(said));
        }

        if (finish is Finish.Broken || (finish is null && !_hasStopped))
        {
            var how = finish is null ? "neither stop_reason nor message_stop came" : $"stop_reason {ProviderReason.Line(_stopWord)}";
            throw voice.Failure(ModelFailure.Incomplete, $"broke off in the middle of its answer ({how})", ProviderReason.Line(_text.ToString()));
        }

        var hasText = !string.IsNullOrWhiteSpace(_text.ToString());
        if (!hasText && !_hasCalls && open.Length == 0)
        {
            throw Answers.Empty(voice, finish is Finish.Length);
        }

        foreach (var index in open)
        {
            foreach (var held in Release(index))
            {
                yield return held;
            }

            yield return new JsonObject { ["type"] = "content_block_stop", ["index"] = index };
        }

        var word = finish switch
        {
            Finish.Length => "max_tokens",
            Finish.ToolCalls => "tool_use",
            _ => _hasCalls || open.Length > 0 ? "tool_use" : "end_turn",
        };
        yield return new JsonObject
        {
            ["type"] = "message_delta",
            ["delta"] = new JsonObject { ["stop_reason"] = word, ["stop_sequence"] = null },
            ["usage"] = new JsonObject { ["output_tokens"] = _usage?["output_tokens"]?.DeepClone() ?? 0 },
        };
        yield return new JsonObject { ["type"] = "message_stop" };
    }

    private IEnumerable<JsonObject> Start(JsonElement message)
    {
        if (_hasBegun)
        {
            yield break;
        }

        _hasBegun = true;
        _usage = UsageJson.OfAnthropic(message.Member("usage"), null);
        yield return new JsonObject
        {
            ["type"] = "message_start",
            ["message"] = new JsonObject
            {
                ["id"] = message.Text("id") is { Length: > 0 } id ? id : "msg",
                ["type"] = "message",
                ["role"] = "assistant",
                ["model"] = message.Text("model"),
                ["content"] = new JsonArray(),
                ["stop_reason"] = null,
                ["stop_sequence"] = null,
                ["usage"] = _usage.DeepClone(),
            },
        };
    }

    private IEnumerable<JsonObject> BlockStart(long index, JsonElement block, JsonElement data)
    {
        if (block.ValueKind != JsonValueKind.Object)
        {
            return Start(default);
        }

        if (block.Text("type") == "tool_use")
        {
            _tools[index] = new ToolUse(block.Text("id"), block.Text("name"), block.Says("input") ? block.Member("input").GetRawText() : "");
            return Start(default);
        }

        _text.Append(block.Text("text"));
        return [.. Start(default), Copy(data, index)];
    }

    private IEnumerable<JsonObject> BlockDelta(long index, JsonElement delta, JsonElement data)
    {
        if (delta.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        if (_tools.TryGetValue(index, out var tool))
        {
            // Shows that the model is working to callers that limit its silence.
            tool.Arguments.Append(delta.Text("partial_json"));
            return [new JsonObject { ["type"] = "ping" }];
        }

        _text.Append(delta.Text("text"));
        return [Copy(data, index)];
    }

    private IEnumerable<JsonObject> BlockStop(long index, JsonElement data) => [.. Release(index), Copy(data, index)];

    private IEnumerable<JsonObject> Release(long index)
    {
        if (!_tools.Remove(index, out var tool))
        {
            yield break;
        }

        if (tool.Name.Length == 0)
        {
            throw voice.Failure(ModelFailure.Unreadable, "called a tool without naming it");
        }

        _hasCalls = true;
        var id = tool.Id.Length > 0 && _ids.Add(tool.Id) ? tool.Id : $"toolu_{Guid.NewGuid():N}";
        _ids.Add(id);
        yield return new JsonObject
        {
            ["type"] = "content_block_start",
            ["index"] = index,
            ["content_block"] = new JsonObject { ["type"] = "tool_use", ["id"] = id, ["name"] = tool.Name, ["input"] = new JsonObject() },
        };
        yield return new JsonObject
        {
            ["type"] = "content_block_delta",
            ["index"] = index,
            ["delta"] = new JsonObject { ["type"] = "input_json_delta", ["partial_json"] = ArgumentText.Whole(tool.Whole) },
        };
    }

    private IEnumerable<JsonObject> Delta(JsonElement data)
    {
        var delta = data.Member("delta");
        _stopWord = delta.Text("stop_reason") is { Length: > 0 } word ? word : _stopWord;
        if (delta.Member("stop_details") is { ValueKind: JsonValueKind.Object } details)
        {
            _explanation = details.Text("explanation");
        }

        _usage = UsageJson.OfAnthropic(data.Member("usage"), _usage);
        return [];
    }

    private IEnumerable<JsonObject> Stop()
    {
        _hasStopped = true;
        return [];
    }

    private static JsonObject Copy(JsonElement data, long index)
    {
        var copy = JsonNode.Parse(data.GetRawText())!.AsObject();
        copy["index"] = index;
        return copy;
    }

    private sealed record ToolUse(string Id, string Name, string Input)
    {
        public StringBuilder Arguments { get; } = new();

        /// <summary>Gets the chunks that arrived, or else what was in the start of the block, where some servers put it as a whole.</summary>
        public string Whole => Arguments.ToString() is var pieces && pieces.Trim() is "" or "null" or "{}" && Input.Length > 0 ? Input : Arguments.ToString();
    }
}
