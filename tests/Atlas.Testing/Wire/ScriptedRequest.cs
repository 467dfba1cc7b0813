using System.Text.Json;

namespace Atlas.Testing.Wire;

/// <summary>A request as it came over the wire, with what tests ask of calls of a language model in either protocol.</summary>
/// <param name="Method">POST, GET.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">Headers, found in any case.</param>
/// <param name="Body">The body, byte for byte.</param>
public sealed record ScriptedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The body as JSON; undefined if there is none.</summary>
    public JsonElement Json { get; } = Body.Length > 0 ? JsonElement.Parse(Body) : default;

    /// <summary>The model that is asked for; empty if the request names none.</summary>
    public string Model => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("model", out var model) ? model.GetString() ?? "" : "";

    /// <summary>Whether the answer is wanted in pieces.</summary>
    public bool Streams => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True;

    /// <summary>The messages in order as <c>(role, text)</c>. Anthropic's system blocks come first, under the role system.</summary>
    public IReadOnlyList<(string Role, string Text)> Messages =>
    [
        .. Json.TryGetProperty("system", out var system) ? [("system", TextOf(system))] : Array.Empty<(string, string)>(),
        .. Json.GetProperty("messages").EnumerateArray().Select(message =>
            (message.GetProperty("role").GetString()!, message.TryGetProperty("content", out var content) ? TextOf(content) : "")),
    ];

    /// <summary>All text of one role, in order, with a line break between messages.</summary>
    public string TextOf(string role) => string.Join('\n', Messages.Where(message => message.Role == role).Select(message => message.Text));

    private static string TextOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString()!,
        JsonValueKind.Array => string.Join('\n', content.EnumerateArray().Select(part =>
            part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) ? text.GetString() : part.ToString())),
        _ => "",
    };
}
