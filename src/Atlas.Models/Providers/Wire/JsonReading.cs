using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Models.Providers.Wire;

/// <summary>Reads JSON of servers that follow no schema: a value that is missing or of another type counts as absent.</summary>
internal static class JsonReading
{
    /// <summary>Returns a member; undefined if the value is not an object or has no such member.</summary>
    public static JsonElement Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : default;

    /// <summary>Returns a member that is a string; otherwise, an empty string.</summary>
    public static string Text(this JsonElement value, string name) => value.Member(name).Read();

    /// <summary>Returns the value if it is a string; otherwise, an empty string.</summary>
    public static string Read(this JsonElement value) => value.ValueKind == JsonValueKind.String ? SafeJson.Text(value) : "";

    /// <summary>Returns a member that is an integer; otherwise, null.</summary>
    public static long? Number(this JsonElement value, string name) =>
        value.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var given) && Math.Abs(given) < 1e15 ? (long)given : null;

    /// <summary>Returns the objects of a list; none if the value is not a list.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
        : [];

    /// <summary>Determines whether a member is there and neither null nor empty.</summary>
    public static bool Says(this JsonElement value, string name) => value.Member(name) is var member && member.ValueKind switch
    {
        JsonValueKind.Object => member.EnumerateObject().Any(),
        JsonValueKind.Array => member.GetArrayLength() > 0,
        JsonValueKind.String => member.GetString() is { Length: > 0 },
        JsonValueKind.True or JsonValueKind.Number => true,
        _ => false,
    };
}
