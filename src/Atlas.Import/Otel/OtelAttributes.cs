using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Import.Json;

namespace Atlas.Import.Otel;

/// <summary>The attributes of a span or an event: OTLP's list of <c>{key, value: {stringValue}}</c>, or a plain object as console exporters
/// write it.</summary>
internal sealed class OtelAttributes
{
    private readonly Dictionary<string, JsonNode?> _values = new(StringComparer.Ordinal);

    public OtelAttributes(JsonElement owner)
    {
        var attributes = Fields.Optional(owner, "attributes");
        if (attributes.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in attributes.EnumerateObject())
            {
                _values[member.Name] = Node(member.Value);
            }
        }
        else if (attributes.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in attributes.EnumerateArray())
            {
                if (Fields.OptionalText(item, "key") is { } key)
                {
                    _values[key] = Value(Fields.Optional(item, "value"));
                }
            }
        }
    }

    public IEnumerable<string> Names => _values.Keys;

    /// <summary>Returns an attribute as text; null if it is missing.</summary>
    public string? Text(params ReadOnlySpan<string> names) => First(names) switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        var other => other.ToJsonString(),
    };

    /// <summary>Returns an attribute as a number; null if it is not a number.</summary>
    public double? Number(string name) =>
        First([name]) is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    /// <summary>Returns an attribute that contains JSON, directly or as text; undefined if it is missing or is not JSON.</summary>
    public JsonElement Json(params ReadOnlySpan<string> names)
    {
        if (Text(names) is not { Length: > 0 } text)
        {
            return default;
        }

        try
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            using var document = RecordText.Parse(new RawRecord(RawKind.Record, bytes, 1, 1, 0), out _, out _);
            return document.RootElement.Clone();
        }
        catch (RecordException)
        {
            return default;
        }
    }

    private JsonNode? First(ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_values.TryGetValue(name, out var value) && value is not null)
            {
                return value;
            }
        }

        return null;
    }

    private static JsonNode? Value(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || value.EnumerateObject().FirstOrDefault() is not { Name: { } kind } member)
        {
            return Node(value);
        }

        return kind switch
        {
            "intValue" or "int_value" when member.Value.ValueKind == JsonValueKind.String && long.TryParse(
                member.Value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out var whole) => JsonValue.Create((double)whole),
            "arrayValue" or "array_value" => new JsonArray([.. List(member.Value).Select(Value)]),
            "kvlistValue" or "kvlist_value" => new JsonObject(List(member.Value)
                .Where(item => Fields.OptionalText(item, "key") is not null)
                .DistinctBy(item => item.GetProperty("key").GetString())
                .Select(item => KeyValuePair.Create(item.GetProperty("key").GetString()!, Value(Fields.Optional(item, "value"))))),
            _ => Node(member.Value),
        };
    }

    private static IEnumerable<JsonElement> List(JsonElement owner) =>
        Fields.Optional(owner, "values") is { ValueKind: JsonValueKind.Array } values ? values.EnumerateArray() : [];

    private static JsonNode? Node(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.Object => JsonObject.Create(value.Clone()),
        JsonValueKind.Array => JsonArray.Create(value.Clone()),
        JsonValueKind.Number when value.TryGetDouble(out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(value.Clone()),
    };
}
