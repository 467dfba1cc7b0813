using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Import.Events;

/// <summary>Writes the trajectory events of one recorded run.</summary>
/// <remarks>Records have no clock: an event's timestamp is its number, in seconds since 1970, which preserves the order and claims nothing
/// more. Identifiers are derived from the record's identity.</remarks>
internal sealed class EventLog(string externalId)
{
    private readonly ImmutableArray<JsonElement>.Builder _events = ImmutableArray.CreateBuilder<JsonElement>();
    private int _spans;

    public ImmutableArray<JsonElement> Events => _events.ToImmutable();

    /// <summary>Adds an event and returns its span, for the event that ends it.</summary>
    /// <param name="type">The type, such as <c>TOOL_START</c>.</param>
    /// <param name="name">Name of the tool or the node.</param>
    /// <param name="actor">The actor: <c>student</c>, <c>user</c> or <c>system</c>.</param>
    /// <param name="nodeType"><c>llm</c>, <c>tool</c> or <c>task</c>.</param>
    /// <param name="input">The input; null for none.</param>
    /// <param name="output">The output; null for none.</param>
    /// <param name="span">The span that the event ends; null to begin one.</param>
    public Guid Add(string type, string name, string actor, string nodeType, object? input, object? output, Guid? span = null)
    {
        var id = span ?? DeterministicId.Span(externalId, _spans++);
        _events.Add(JsonSerializer.SerializeToElement(
            new
            {
                ParentId = "root",
                FunctionAncestry = new
                {
                    FunctionId = "root",
                    FunctionName = "root",
                    ParentId = (string?)null,
                    ParentName = (string?)null,
                },
                Payload = new Dictionary<string, object?>
                {
                    ["event_type"] = type,
                    ["event_timestamp"] = (double)_events.Count,
                    ["span_event_timestamp"] = null,
                    ["framework"] = null,
                    ["name"] = name,
                    ["tags"] = null,
                    ["metadata"] = new { Actor = actor, NodeType = nodeType, Imported = true },
                    ["data"] = new { Input = input, Output = output, Chunk = (object?)null },
                    ["usage_info"] = null,
                    ["UUID"] = id.ToString("D"),
                },
            },
            AtlasJson.Options));
        return id;
    }
}
