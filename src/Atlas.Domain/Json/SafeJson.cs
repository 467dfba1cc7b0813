using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Atlas.Domain.Json;

/// <summary>Makes JSON from outside safe to store and to read again.</summary>
/// <remarks>A model's answer can contain what a parser accepts and PostgreSQL or a later read refuses: U+0000, lone surrogates, numbers
/// beyond the range of a double, and unlimited nesting.</remarks>
public static class SafeJson
{
    /// <summary>The levels of nesting that are kept; deeper values become null.</summary>
    public const int MaxDepth = 24;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = int.MaxValue };

    /// <summary>Returns the text of a JSON string, with U+FFFD for lone surrogates.</summary>
    public static string Text(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return JsonElement.Parse(StorableText.Json(text.GetRawText())).GetString() ?? "";
        }
    }

    /// <summary>Removes what could not be stored. Of members with the same name, the last one wins.</summary>
    public static JsonElement Clean(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return JsonElement.Parse("null");
        }

        using var document = JsonDocument.Parse(StorableText.Json(value.GetRawText()), Deep);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, document.RootElement, 0);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>Returns the value, or a cleaned copy if it contains escapes, because some escapes make reading it throw.</summary>
    public static JsonElement Readable(JsonElement value) =>
        value.ValueKind != JsonValueKind.Undefined && JsonMarshal.GetRawUtf8Value(value).IndexOf("\\u"u8) >= 0 ? Clean(value) : value;

    /// <summary>Returns the value, or a copy without lone surrogates and U+0000, which can be neither written nor stored.</summary>
    public static JsonElement Whole(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined || JsonMarshal.GetRawUtf8Value(value).IndexOf("\\u"u8) < 0)
        {
            return value;
        }

        var raw = value.GetRawText();
        var whole = StorableText.Json(raw);
        return ReferenceEquals(raw, whole) ? value : JsonElement.Parse(whole, Deep);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when depth >= MaxDepth:
                writer.WriteNullValue();
                break;
            case JsonValueKind.Object:
                var members = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                {
                    members[member.Name] = member.Value;
                }

                writer.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member, depth + 1);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, depth + 1);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when !value.TryGetDouble(out var number) || !double.IsFinite(number):
                writer.WriteNullValue();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
