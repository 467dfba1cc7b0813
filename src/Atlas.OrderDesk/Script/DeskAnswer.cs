using System.Text.Json.Nodes;

namespace Atlas.OrderDesk.Script;

/// <summary>The answer of a scripted model: a text, or a tool call.</summary>
/// <param name="Text">The text; empty with a call.</param>
/// <param name="Tool">The tool it calls; null if it calls none.</param>
/// <param name="Arguments">The arguments of the call.</param>
internal sealed record DeskAnswer(string Text, string? Tool = null, JsonObject? Arguments = null)
{
    public static DeskAnswer Call(string tool, JsonObject arguments) => new("", tool, arguments);

    public static DeskAnswer Json(JsonNode value) => new(value.ToJsonString());
}
