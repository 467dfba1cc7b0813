using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Text;
using Atlas.Queries;

namespace Atlas.Pages.Sessions;

/// <summary>Turns stored events of any form into lines, limited to what fits a page.</summary>
internal static class EventReader
{
    private const int LineLength = 160;
    private const int PartLength = 3000;
    private const int PageLength = 60_000;

    /// <summary>Returns as many of the events as a page has room for, at least one.</summary>
    public static ImmutableArray<EventLine> Read(ImmutableArray<StoredEvent> events)
    {
        var lines = ImmutableArray.CreateBuilder<EventLine>();
        var length = 0;
        foreach (var stored in events)
        {
            var line = Read(stored);
            length += 400 + line.Line.Length + line.Parts.Sum(part => part.Text.Length);
            if (lines.Count > 0 && length > PageLength)
            {
                break;
            }

            lines.Add(line);
        }

        return lines.ToImmutable();
    }

    private static EventLine Read(StoredEvent stored)
    {
        var payload = Json.Member(stored.Event, "payload");
        var data = Json.Member(payload, "data");
        var parts = Parts(data ?? payload ?? stored.Event).ToImmutableArray();
        var kind = Json.Text(payload, "event_type") ?? Json.Text(stored.Event, "type") ?? "event";
        return new EventLine(
            stored.Sequence, stored.CreatedAt, kind, Json.Text(payload, "name") ?? "", Wording.OneLine(Line(data) ?? parts.FirstOrDefault().Text, LineLength), parts);
    }

    private static string? Line(JsonElement? data) =>
        new[] { "output", "input", "chunk" }.Select(name => Json.Member(data, name)).FirstOrDefault(found => found is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) })
            is { } value ? Message(value) ?? Said(value, JsonSerializerOptions.Default) : null;

    /// <summary>Returns what a model's message says, or which tools it calls; null if the value is not a message.</summary>
    private static string? Message(JsonElement value) => Json.Text(value, "content")
        ?? Calls(value)
        ?? (Json.Items(value, "messages").LastOrDefault() is { ValueKind: JsonValueKind.Object } last ? Json.Text(last, "content") ?? Calls(last) : null);

    private static string? Calls(JsonElement message) =>
        Json.Items(message, "tool_calls").Select(Called).OfType<string>().ToList() is { Count: > 0 } calls ? $"calls {string.Join(", ", calls)}" : null;

    private static string? Called(JsonElement call) => Json.Text(call, "name") ?? Json.Text(Json.Member(call, "function"), "name");

    private static IEnumerable<(string Name, string Text, int More)> Parts(JsonElement? value)
    {
        if (value is not { } known || known.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            yield break;
        }

        foreach (var (name, part) in known.ValueKind is JsonValueKind.Object ? known.EnumerateObject().Select(member => (member.Name, member.Value)) : [("", known)])
        {
            if (part.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) && Said(part, AtlasJson.Indented) is { Length: > 0 } said)
            {
                yield return said.Length <= PartLength ? (name, said, 0) : (name, said[..PartLength], said.Length - PartLength);
            }
        }
    }

    private static string Said(JsonElement value, JsonSerializerOptions options) => value.ValueKind is JsonValueKind.String
        ? value.GetString()!
        : options == JsonSerializerOptions.Default ? value.GetRawText() : JsonSerializer.Serialize(value, options);
}
