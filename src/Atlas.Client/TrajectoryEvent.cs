using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.Client;

/// <summary>Creates trajectory events in the form that Atlas stores and its synthesizers read.</summary>
public static class TrajectoryEvent
{
    /// <summary>Creates a message of the student or the teacher.</summary>
    /// <param name="text">The message.</param>
    /// <param name="actor"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="time">The clock for the event's time; null for the system clock.</param>
    public static JsonElement Message(string text, string actor = "student", TimeProvider? time = null) =>
        Create("LLM_END", actor, actor, null, text, time);

    /// <summary>Creates the call of a tool.</summary>
    public static JsonElement ToolCall(string tool, JsonNode? arguments = null, TimeProvider? time = null, string actor = "student") =>
        Create("TOOL_START", tool, actor, arguments, null, time);

    /// <summary>Creates the result of a tool.</summary>
    public static JsonElement ToolResult(string tool, JsonNode? output, TimeProvider? time = null, string actor = "student") =>
        Create("TOOL_END", tool, actor, null, output, time);

    private static JsonElement Create(string type, string name, string actor, object? input, object? output, TimeProvider? time) =>
        JsonSerializer.SerializeToElement(new
        {
            parent_id = "root",
            function_ancestry = new { function_id = "root", function_name = "root", parent_id = (string?)null, parent_name = (string?)null },
            payload = new
            {
                event_type = type,
                event_timestamp = (time ?? TimeProvider.System).GetUtcNow().ToUnixTimeMilliseconds() / 1000.0,
                name,
                metadata = new { actor },
                data = new { input, output, chunk = (string?)null },
                UUID = Guid.NewGuid(),
            },
        });
}
