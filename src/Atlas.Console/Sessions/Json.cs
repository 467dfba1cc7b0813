using System.Text.Json;

namespace Atlas.Pages.Sessions;

/// <summary>Reads JSON of unknown origin: values of an unexpected form are treated as missing.</summary>
internal static class Json
{
    public static JsonElement? Member(JsonElement? value, string name) =>
        value is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(name, out var member) ? member : null;

    public static IEnumerable<JsonElement> Items(JsonElement? value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Members(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject() : [];

    public static string? Text(JsonElement? value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } said ? said : null;

    public static double? Number(JsonElement? value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
