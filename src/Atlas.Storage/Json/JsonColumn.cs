using System.Data.Common;
using System.Text.Json;

namespace Atlas.Storage.Json;

/// <summary>Reads <c>jsonb</c> columns, including those in which an older tool stored JSON as a string of JSON.</summary>
public static class JsonColumn
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1024 };

    /// <summary>Returns the decoded value of a column that contains JSON as text; null for SQL's null and JSON's null.</summary>
    public static JsonElement? Read(DbDataReader row, int column) => row.IsDBNull(column) ? null : Decode(row.GetString(column));

    /// <summary>Returns the decoded value of a JSON text.</summary>
    public static JsonElement? Decode(string json)
    {
        var value = Parse(json);
        if (value.ValueKind == JsonValueKind.String && TryParseContainer(value.GetString()!, out var inner))
        {
            value = inner;
        }

        return value.ValueKind == JsonValueKind.Null ? null : value;
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json, Options);
        return document.RootElement.Clone();
    }

    private static bool TryParseContainer(string text, out JsonElement value)
    {
        value = default;
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty || start[0] is not ('{' or '['))
        {
            return false;
        }

        try
        {
            value = Parse(text);
            return true;
        }
        catch (JsonException)
        {
            // Text that only looks like JSON stays a string.
            return false;
        }
    }
}
