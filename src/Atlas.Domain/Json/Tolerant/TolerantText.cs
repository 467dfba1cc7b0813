using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Domain.Json.Tolerant;

/// <summary>Reads a string. Numbers and other values become text; null becomes the empty string.</summary>
internal sealed class TolerantText : JsonConverter<string>
{
    public override bool HandleNull => true;

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        OptionalText.ReadAny(ref reader) ?? "";

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Reads a string or null. Numbers and other values become text.</summary>
internal sealed class OptionalText : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadAny(ref reader);

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    internal static string? ReadAny(ref Utf8JsonReader reader)
    {
        var value = JsonElement.ParseValue(ref reader);
        return value.ValueKind == JsonValueKind.Null ? null : PythonRepr.Str(value);
    }
}
