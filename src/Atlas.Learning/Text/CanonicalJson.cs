using System.Globalization;
using System.Text;
using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Learning.Text;

/// <summary>One spelling per JSON value, so that it can be hashed: sorted keys, <c>", "</c> and <c>": "</c>, ASCII only.</summary>
public static class CanonicalJson
{
    /// <summary>The canonical text of a value.</summary>
    public static string Write(JsonElement value)
    {
        var result = new StringBuilder();
        Append(result, value);
        return result.ToString();
    }

    /// <summary>A JSON string literal with everything outside printable ASCII as <c>\uXXXX</c>, lower-case digits.</summary>
    public static string Quote(string text)
    {
        var result = new StringBuilder();
        AppendQuoted(result, text);
        return result.ToString();
    }

    private static void Append(StringBuilder result, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendObject(result, value);
                break;
            case JsonValueKind.Array:
                result.Append('[');
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    result.Append(first ? "" : ", ");
                    Append(result, item);
                    first = false;
                }

                result.Append(']');
                break;
            case JsonValueKind.String:
                AppendQuoted(result, SafeJson.Text(value));
                break;
            case JsonValueKind.Undefined:
                result.Append("null");
                break;
            default:
                result.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendObject(StringBuilder result, JsonElement value)
    {
        var properties = new SortedDictionary<string, JsonElement>(CodePointComparer.Instance);
        foreach (var property in value.EnumerateObject())
        {
            properties[property.Name] = property.Value;
        }

        result.Append('{');
        var first = true;
        foreach (var (name, item) in properties)
        {
            result.Append(first ? "" : ", ");
            AppendQuoted(result, name);
            result.Append(": ");
            Append(result, item);
            first = false;
        }

        result.Append('}');
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
                < ' ' or > '~' => result.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => result.Append(c),
            };
        }

        result.Append('"');
    }
}
