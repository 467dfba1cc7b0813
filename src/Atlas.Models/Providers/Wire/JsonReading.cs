using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Models.Providers.Wire;

/// <summary>Reads JSON of servers that keep to no schema: what is not there, or of another kind, is simply not there.</summary>
internal static class JsonReading
{
    /// <summary>A member; undefined if the value is no object or has none of this name.</summary>
    public static JsonElement Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    /// <summary>A member that is a text; empty otherwise.</summary>
    public static string Text(this JsonElement value, string name) => value.Member(name).Read();

    /// <summary>A text; empty if the value is none.</summary>
    public static string Read(this JsonElement value) => value.ValueKind == JsonValueKind.String ? SafeJson.Text(value) : "";

    /// <summary>A member that is a whole number; null otherwise.</summary>
    public static long? Number(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var given) && Math.Abs(given) < 1e15 ? (long)given : null;

    /// <summary>The objects of a list; none if the value is no list.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
        : [];

    /// <summary>Whether a member is there and says something: neither null nor empty.</summary>
    public static bool Says(this JsonElement value, string name) => value.Member(name) is var member && member.ValueKind switch
    {
        JsonValueKind.Object => member.EnumerateObject().Any(),
        JsonValueKind.Array => member.GetArrayLength() > 0,
        JsonValueKind.String => member.GetString() is { Length: > 0 },
        JsonValueKind.True or JsonValueKind.Number => true,
        _ => false,
    };
}
