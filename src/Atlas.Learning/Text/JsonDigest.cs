using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Learning.Text;

/// <summary>The hash of a JSON value, whatever the order of its keys. Plans, verdicts and their caches are told apart by it.</summary>
public static class JsonDigest
{
    private const int DeepestNesting = 6;

    /// <summary>SHA-256 of <see cref="Write(JsonElement)"/>, 64 lower-case hex digits.</summary>
    public static string Of(JsonElement value) => Sha256Text.Hex(Write(value));

    /// <inheritdoc cref="Of(JsonElement)"/>
    public static string Of(JsonNode? value) => Of(JsonSerializer.SerializeToElement(value));

    /// <summary>One spelling per value: compact, keys sorted by code point, text as it is but for what JSON must escape, and
    /// what is nested deeper than six levels as text.</summary>
    public static string Write(JsonElement value)
    {
        var result = new StringBuilder();
        Append(result, value, 0);
        return result.ToString();
    }

    /// <summary>The value with what is nested deeper than six levels as text, as it is stored in the metadata of steps.</summary>
    public static JsonNode? Shallow(JsonNode? value) => Shallow(value, 0);

    private static JsonNode? Shallow(JsonNode? value, int depth)
    {
        switch (value)
        {
            case JsonObject or JsonArray when depth >= DeepestNesting:
                return value.ToJsonString(AtlasJson.Options);
            case JsonObject members:
                return new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Shallow(member.Value, depth + 1))));
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Shallow(item, depth + 1))]);
            default:
                return value?.DeepClone();
        }
    }

    private static void Append(StringBuilder result, JsonElement value, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object or JsonValueKind.Array when depth >= DeepestNesting:
                AppendQuoted(result, JsonSerializer.Serialize(value, AtlasJson.Options));
                break;
            case JsonValueKind.Object:
                AppendObject(result, value, depth);
                break;
            case JsonValueKind.Array:
                AppendArray(result, value, depth);
                break;
            case JsonValueKind.String:
                AppendQuoted(result, SafeJson.Text(value));
                break;
            case JsonValueKind.Number:
                result.Append(PythonRepr.Str(value));
                break;
            case JsonValueKind.Undefined:
                result.Append("null");
                break;
            default:
                result.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendObject(StringBuilder result, JsonElement value, int depth)
    {
        var members = new SortedDictionary<string, JsonElement>(CodePointComparer.Instance);
        foreach (var member in value.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        result.Append('{');
        foreach (var (index, (name, member)) in members.Index())
        {
            result.Append(index == 0 ? "" : ",");
            AppendQuoted(result, name);
            result.Append(':');
            Append(result, member, depth + 1);
        }

        result.Append('}');
    }

    private static void AppendArray(StringBuilder result, JsonElement value, int depth)
    {
        result.Append('[');
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            result.Append(index == 0 ? "" : ",");
            Append(result, item, depth + 1);
        }

        result.Append(']');
    }

    private static void AppendQuoted(StringBuilder result, string text)
    {
        result.Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append("\\\\"),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                '\b' => result.Append("\\b"),
                '\f' => result.Append("\\f"),
                < ' ' => result.Append("\\u00").Append(((int)c).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)),
                _ => result.Append(c),
            };
        }

        result.Append('"');
    }
}
