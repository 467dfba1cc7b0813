using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Domain.Sessions;

/// <summary>Reads and writes references to steps: as a number if it is one, otherwise as written.</summary>
internal sealed class StepReferences : JsonConverter<ImmutableArray<string>>
{
    public override ImmutableArray<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            throw new JsonException("The steps that a step depends on are a list of numbers.");
        }

        var read = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            read.Add(reader.TokenType switch
            {
                JsonTokenType.Number => reader.GetInt32().ToString(CultureInfo.InvariantCulture),
                JsonTokenType.String => reader.GetString()!,
                _ => throw new JsonException("A step depends on something that is no step; write the step's number."),
            });
        }

        return read.DrainToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var reference in value.IsDefault ? [] : value)
        {
            if (int.TryParse(reference, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                writer.WriteNumberValue(number);
            }
            else
            {
                writer.WriteStringValue(reference);
            }
        }

        writer.WriteEndArray();
    }
}
