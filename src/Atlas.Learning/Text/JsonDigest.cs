using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Domain.Json;

namespace Atlas.Learning.Text;

/// <summary>The hash of a JSON value, independent of the order of keys. Identifies plans, verdicts and their cache entries.</summary>
public static class JsonDigest
{
    private const int DeepestNesting = 6;

    private static readonly JsonSpelling Spelling = new(",", ":", IsAscii: false, DeepestNesting, PythonRepr.Str);

    /// <summary>Returns the SHA-256 of <see cref="Write(JsonElement)"/>, 64 lower-case hex digits.</summary>
    public static string Of(JsonElement value) => Sha256Text.Hex(Write(value));

    /// <inheritdoc cref="Of(JsonElement)"/>
    public static string Of(JsonNode? value) => Of(JsonSerializer.SerializeToElement(value));

    /// <summary>Writes a value in its only spelling: compact, keys sorted by code point, text unchanged except for what JSON must escape,
    /// and anything nested deeper than six levels as text.</summary>
    public static string Write(JsonElement value) => Spelling.Write(value);

    /// <summary>Returns the value with anything nested deeper than six levels as text, as stored in the metadata of steps.</summary>
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
}
