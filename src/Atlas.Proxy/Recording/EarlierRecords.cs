using System.Text.Json;
using Atlas.Client.Chat;
using Atlas.Domain.Json;
using Microsoft.Extensions.AI;

namespace Atlas.Proxy.Recording;

/// <summary>What was recorded of a session before its calls came here: by another silo, or by this one before a restart.</summary>
internal sealed class EarlierRecords
{
    private readonly Dictionary<string, int> _answered = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];
    private readonly List<string> _said = [];
    private readonly List<(string Tool, bool Succeeded)> _results = [];
    private readonly Dictionary<string, double> _tokens = new(StringComparer.Ordinal);

    /// <summary>Gets what the user said.</summary>
    public IReadOnlyList<string> Said => _said;

    /// <summary>Gets the tools that were used, and whether each use succeeded.</summary>
    public IReadOnlyList<(string Tool, bool Succeeded)> Results => _results;

    /// <summary>Gets the tokens of the calls, by kind.</summary>
    public IReadOnlyDictionary<string, double> Tokens => _tokens;

    /// <summary>Reads the events of a session.</summary>
    public static EarlierRecords Of(IEnumerable<JsonElement> events)
    {
        var earlier = new EarlierRecords();
        foreach (var happened in events)
        {
            if (happened.ValueKind is JsonValueKind.Object && happened.TryGetProperty("payload", out var payload) && RequestMessages.Text(payload, "name") is { } name)
            {
                var output = payload.TryGetProperty("data", out var data) && data.ValueKind is JsonValueKind.Object && data.TryGetProperty("output", out var found) ? found : default;
                earlier.Take(RequestMessages.Text(payload, "event_type"), name, output, payload);
            }
        }

        return earlier;
    }

    /// <summary>Finds the calls that were recorded earlier and whose results are among these messages.</summary>
    /// <param name="messages">The messages of the first request that came here.</param>
    /// <returns>The id and the tool of each call.</returns>
    public IEnumerable<(string CallId, string Tool)> Awaited(IReadOnlyList<ChatMessage> messages)
    {
        var calls = messages.SelectMany(message => message.Contents.OfType<FunctionCallContent>())
            .GroupBy(call => call.CallId, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Last().Name, StringComparer.Ordinal);
        var (answered, open) = (new Dictionary<string, int>(_answered, StringComparer.Ordinal), new List<string>(_open));
        foreach (var result in messages.SelectMany(message => message.Contents.OfType<FunctionResultContent>()))
        {
            if (!calls.TryGetValue(result.CallId, out var tool))
            {
                // A request that continues from a response has the results alone. They come in the order of the calls.
                if (calls.Count == 0 && open.Count > 0)
                {
                    yield return (result.CallId, open[0]);
                    open.RemoveAt(0);
                }
            }
            else if (answered.GetValueOrDefault(tool) is > 0 and var stored)
            {
                answered[tool] = stored - 1;
            }
            else if (open.Remove(tool))
            {
                yield return (result.CallId, tool);
            }
        }
    }

    private void Take(string? type, string name, JsonElement output, JsonElement payload)
    {
        switch (type)
        {
            case "TOOL_START":
                _open.Add(name);
                break;
            case "TOOL_END":
                _open.Remove(name);
                _answered[name] = _answered.GetValueOrDefault(name) + 1;
                _results.Add((name, ToolOutcome.IsSuccess(new FunctionResultContent("", null), ToolOutcome.ToJson(output.ValueKind is JsonValueKind.Undefined ? null : output))));
                break;
            case "CUSTOM_END" when name == CallEvents.UserMessage && output.ValueKind is JsonValueKind.String:
                _said.Add(SafeJson.Text(output));
                break;
            case "CUSTOM_END" when name == CallEvents.ModelCall:
                Count(output, payload);
                break;
        }
    }

    private void Count(JsonElement output, JsonElement payload)
    {
        if (output.ValueKind is JsonValueKind.Object && output.TryGetProperty("status", out var status) && status.ValueKind is JsonValueKind.Number && status.TryGetInt32(out var code) && code is >= 200 and < 300)
        {
            _tokens["calls"] = _tokens.GetValueOrDefault("calls") + 1;
        }

        if (payload.TryGetProperty("usage_info", out var info) && info.ValueKind is JsonValueKind.Object
            && info.TryGetProperty("token_usage", out var usage) && usage.ValueKind is JsonValueKind.Object)
        {
            foreach (var kind in usage.EnumerateObject().Where(kind => kind.Value.ValueKind is JsonValueKind.Number && kind.Name is not "cache_write_tokens"))
            {
                _tokens[kind.Name] = _tokens.GetValueOrDefault(kind.Name) + kind.Value.GetDouble();
            }
        }
    }
}
