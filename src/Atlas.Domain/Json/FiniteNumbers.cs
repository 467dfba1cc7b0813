using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Domain.Json;

/// <summary>Writes any figure as a finite number; see <see cref="Finite.Held"/>.</summary>
internal sealed class FiniteNumber : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Finite.Held(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Finite.Held(value));
}

/// <summary>Writes an optional figure; one that is not finite becomes null.</summary>
internal sealed class FiniteNumberOrNull : JsonConverter<double?>
{
    public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Null ? null : Finite.OrNull(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options)
    {
        if (Finite.OrNull(value) is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
