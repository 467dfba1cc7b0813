using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Domain.Json.Tolerant;

/// <summary>Reads a counter: a non-negative integer; anything else is 0.</summary>
internal sealed class TolerantCount : JsonConverter<long>
{
    public override bool HandleNull => true;

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        OptionalWhole.ReadAny(ref reader) is { } number ? Math.Max(number, 0) : 0;

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>Reads an integer; anything else is null.</summary>
internal sealed class OptionalWhole : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadAny(ref reader);

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }

    internal static long? ReadAny(ref Utf8JsonReader reader)
    {
        var value = JsonElement.ParseValue(ref reader);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole))
        {
            return whole;
        }

        return JsonRead.Number(value) is { } number && Math.Abs(number) < 9e18 ? (long)number : null;
    }
}

/// <summary>Reads a finite number; anything else is 0.</summary>
internal sealed class TolerantReal : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonRead.Number(JsonElement.ParseValue(ref reader)) ?? 0;

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
