using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Domain.Json.Tolerant;

/// <summary>Reads a list of strings. A single string is a list of one; anything else is empty. Null items are dropped.</summary>
internal sealed class TolerantTexts : JsonConverter<ImmutableArray<string>>
{
    public override bool HandleNull => true;

    public override ImmutableArray<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = JsonElement.ParseValue(ref reader);
        return value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null).Select(PythonRepr.Str)],
            JsonValueKind.String => [SafeJson.Text(value)],
            _ => [],
        };
    }

    public override void Write(Utf8JsonWriter writer, ImmutableArray<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var item in value.IsDefault ? [] : value)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }
}

/// <summary>Reads an object of numbers. Members that are not finite numbers are dropped.</summary>
internal sealed class TolerantNumbers : JsonConverter<ImmutableSortedDictionary<string, double>?>
{
    public override ImmutableSortedDictionary<string, double> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var result = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        var value = JsonElement.ParseValue(ref reader);
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (JsonRead.Number(member.Value) is { } number)
                {
                    result[member.Name] = number;
                }
            }
        }

        return result.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, double>? value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, number) in value ?? ImmutableSortedDictionary<string, double>.Empty)
        {
            writer.WriteNumber(name, number);
        }

        writer.WriteEndObject();
    }
}

/// <summary>Reads an object of booleans. Other members are dropped.</summary>
internal sealed class TolerantFlags : JsonConverter<ImmutableSortedDictionary<string, bool>>
{
    public override bool HandleNull => true;

    public override ImmutableSortedDictionary<string, bool> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var result = ImmutableSortedDictionary.CreateBuilder<string, bool>(StringComparer.Ordinal);
        var value = JsonElement.ParseValue(ref reader);
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                {
                    result[member.Name] = member.Value.GetBoolean();
                }
            }
        }

        return result.ToImmutable();
    }

    public override void Write(Utf8JsonWriter writer, ImmutableSortedDictionary<string, bool> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, flag) in value)
        {
            writer.WriteBoolean(name, flag);
        }

        writer.WriteEndObject();
    }
}
