using System.Text.Json.Nodes;

namespace Atlas.OrderDesk.Script;

/// <summary>A request to a scripted model: a parsed call of OpenAI's chat completions.</summary>
internal sealed class DeskTurn
{
    private DeskTurn(string model, string system, string user, IReadOnlyList<string> tools, IReadOnlyList<DeskCall> calls)
    {
        Model = model;
        System = system;
        User = user;
        Tools = tools;
        Calls = calls;
    }

    public string Model { get; }

    /// <summary>Gets the system messages as one text.</summary>
    public string System { get; }

    /// <summary>Gets the user's messages as one text.</summary>
    public string User { get; }

    /// <summary>Gets the names of the tools that can be called.</summary>
    public IReadOnlyList<string> Tools { get; }

    /// <summary>Gets the tool calls so far in this conversation, with their results.</summary>
    public IReadOnlyList<DeskCall> Calls { get; }

    public static DeskTurn Read(JsonNode request)
    {
        var messages = (request["messages"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        return new DeskTurn(
            (string?)request["model"] ?? "",
            TextOf(messages, "system", "developer"),
            TextOf(messages, "user"),
            [.. (request["tools"] as JsonArray ?? []).Select(tool => (string?)tool?["function"]?["name"]).OfType<string>()],
            [.. CallsOf(messages)]);
    }

    /// <summary>Returns a tool's last result; null if it was not called.</summary>
    public string? ResultOf(string tool) => Calls.LastOrDefault(call => call.Tool == tool)?.Result;

    public bool Called(string tool) => Calls.Any(call => call.Tool == tool);

    /// <summary>Returns a message's text; its content is a text or a list of parts.</summary>
    public static string ContentOf(JsonObject message) => message["content"] switch
    {
        JsonArray parts => string.Concat(parts.Select(part => (string?)part?["text"])),
        JsonValue text => text.ToString(),
        _ => "",
    };

    private static string TextOf(List<JsonObject> messages, params string[] roles) =>
        string.Join("\n\n", messages.Where(message => roles.Contains((string?)message["role"])).Select(ContentOf));

    private static IEnumerable<DeskCall> CallsOf(List<JsonObject> messages)
    {
        var results = messages
            .Where(message => (string?)message["role"] == "tool")
            .GroupBy(message => (string?)message["tool_call_id"] ?? "")
            .ToDictionary(group => group.Key, group => ContentOf(group.Last()));
        return messages
            .SelectMany(message => message["tool_calls"] as JsonArray ?? [])
            .Select(call => new DeskCall(
                (string?)call?["function"]?["name"] ?? "",
                results.GetValueOrDefault((string?)call?["id"] ?? "", "")));
    }
}
