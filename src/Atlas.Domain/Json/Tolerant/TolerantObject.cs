using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Domain.Json.Tolerant;

/// <summary>Reads an object of type <typeparamref name="T"/>; anything that is not an object is null.</summary>
internal sealed class OptionalObject<T> : JsonConverter<T?>
    where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TolerantObject.Read<T>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}

/// <summary>Reads an object of type <typeparamref name="T"/>; anything that is not an object is an empty one.</summary>
internal sealed class RequiredObject<T> : JsonConverter<T>
    where T : class, new()
{
    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TolerantObject.Read<T>(ref reader, options) ?? new T();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}

internal static class TolerantObject
{
    public static T? Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options)
        where T : class
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return JsonSerializer.Deserialize<T>(ref reader, options);
        }

        reader.Skip();
        return null;
    }
}
