using System.Text.Json.Nodes;

namespace Atlas.OrderDesk.Script;

/// <summary>What a scripted model says: a text, or a call of a tool.</summary>
/// <param name="Text">The text; empty with a call.</param>
/// <param name="Tool">The tool it calls; null if it calls none.</param>
/// <param name="Arguments">What it calls the tool with.</param>
internal sealed record DeskAnswer(string Text, string? Tool = null, JsonObject? Arguments = null)
{
    public static DeskAnswer Call(string tool, JsonObject arguments) => new("", tool, arguments);

    public static DeskAnswer Json(JsonNode value) => new(value.ToJsonString());
}
