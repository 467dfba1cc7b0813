using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Text;
using Atlas.Learning.Training;

namespace Atlas.Reports.Export;

/// <summary>Writes a trajectory event together with its type, name and actor, wherever the event contains them.</summary>
internal static class ExportEvent
{
    public static void Write(Utf8JsonWriter writer, TrainingEvent stored)
    {
        var outer = stored.Event ?? default;
        var payload = JsonRead.TryGet(outer, "payload", out var inner) ? inner : default;
        writer.WriteStartObject();
        writer.WriteNumber("id", stored.Id);
        writer.WritePropertyName("event");
        if (outer.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteNullValue();
        }
        else
        {
            outer.WriteTo(writer);
        }

        writer.WriteString("created_at", AtlasTime.Iso(stored.CreatedAt));
        var eventType = JsonRead.Text(outer, "event_type") ?? JsonRead.Text(payload, "event_type");
        Text(writer, "type", JsonRead.Text(outer, "type") ?? eventType);
        Text(writer, "event_type", eventType);
        Text(writer, "name", JsonRead.Text(outer, "name") ?? JsonRead.Text(payload, "name"));
        Text(writer, "actor", Actor(outer) ?? Actor(payload));
        writer.WriteEndObject();
    }

    private static string? Actor(JsonElement from) => JsonRead.TryGet(from, "metadata", out var metadata) ? JsonRead.Text(metadata, "actor") : null;

    private static void Text(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }
}
