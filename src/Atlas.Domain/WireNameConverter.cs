using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>Reads and writes an enum by its <see cref="WireName"/>, whatever the serializer's options are.</summary>
public sealed class WireNameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw new JsonException($"A JSON {reader.TokenType.ToString().ToLowerInvariant()} stands where a text belongs: one of {string.Join(", ", WireName.All<T>())}.");
        }

        return ReadName(reader.GetString());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.ToWire());
    }

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadName(reader.GetString());

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WritePropertyName(value.ToWire());
    }

    private static T ReadName(string? name)
    {
        try
        {
            return WireName.Parse<T>(name);
        }
        catch (WireNameException wrong)
        {
            throw new JsonException(wrong.Message, wrong);
        }
    }
}
