using System.Globalization;
using System.Text;
using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Learning.Text;

/// <summary>A unique spelling of each JSON value for hashing: keys are sorted by code point.</summary>
/// <param name="Comma">The separator of two members or items.</param>
/// <param name="Colon">The separator of a name and its value.</param>
/// <param name="IsAscii">Whether to write everything outside printable ASCII as <c>\uXXXX</c>, and not only what JSON must escape.</param>
/// <param name="DeepestNesting">The maximum depth of objects and arrays; anything deeper is written as text.</param>
/// <param name="Number">Writes a number.</param>
internal sealed record JsonSpelling(string Comma, string Colon, bool IsAscii, int DeepestNesting, Func<JsonElement, string> Number)
{
    public string Write(JsonElement value)
    {
        var result = new StringBuilder();
        Append(result, value, 0);
        return result.ToString();
    }

    public string Quote(string text)
    {
        var result = new StringBuilder();
        AppendQuoted(result, text);
        return result.ToString();
    }

    private void Append(StringBuilder result, JsonElement value, int depth)
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
                result.Append(Number(value));
                break;
            case JsonValueKind.Undefined:
                result.Append("null");
                break;
            default:
                result.Append(value.GetRawText());
                break;
        }
    }

    private void AppendObject(StringBuilder result, JsonElement value, int depth)
    {
        // Of members with the same name, the last counts.
        var members = new SortedDictionary<string, JsonElement>(CodePointComparer.Instance);
        foreach (var member in value.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        result.Append('{');
        foreach (var (index, (name, member)) in members.Index())
        {
            result.Append(index == 0 ? "" : Comma);
            AppendQuoted(result, name);
            result.Append(Colon);
            Append(result, member, depth + 1);
        }

        result.Append('}');
    }

    private void AppendArray(StringBuilder result, JsonElement value, int depth)
    {
        result.Append('[');
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            result.Append(index == 0 ? "" : Comma);
            Append(result, item, depth + 1);
        }

        result.Append(']');
    }

    private void AppendQuoted(StringBuilder result, string text)
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
                _ when c < ' ' || (IsAscii && c > '~') => result.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => result.Append(c),
            };
        }

        result.Append('"');
    }
}
