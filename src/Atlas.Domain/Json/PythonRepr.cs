using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Atlas.Domain.Json;

/// <summary>Python's <c>str()</c> and truth test for JSON values.</summary>
public static class PythonRepr
{
    /// <summary>Returns <c>str(value)</c>: text unchanged, <c>None</c>, <c>True</c>, numbers as Python prints them, lists and objects in
    /// Python's notation.</summary>
    public static string Str(JsonElement value) => value.ValueKind == JsonValueKind.String ? SafeJson.Text(value) : Repr(value);

    /// <summary>Determines whether the value is truthy in Python: not null, false, zero or empty.</summary>
    public static bool IsTruthy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Number => !value.TryGetDouble(out var number) || number != 0,
        JsonValueKind.String => SafeJson.Text(value).Length > 0,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().MoveNext(),
        _ => false,
    };

    private static string Repr(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return Quote(SafeJson.Text(value));
            case JsonValueKind.True:
                return "True";
            case JsonValueKind.False:
                return "False";
            case JsonValueKind.Number:
                return Number(value.GetRawText());
            case JsonValueKind.Array:
                return "[" + string.Join(", ", value.EnumerateArray().Select(Repr)) + "]";
            case JsonValueKind.Object:
                return "{" + string.Join(", ", value.EnumerateObject().Select(p => Quote(p.Name) + ": " + Repr(p.Value))) + "}";
            default:
                return "None";
        }
    }

    private static string Number(string raw)
    {
        if (raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
        {
            return raw == "-0" ? "0" : raw;
        }

        var number = double.Parse(raw, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
        {
            return number > 0 ? "inf" : "-inf";
        }

        if (number == 0)
        {
            return double.IsNegative(number) ? "-0.0" : "0.0";
        }

        // The shortest digits that round-trip. Python switches to an exponent below 1e-4 and from 1e16.
        var scientific = number.ToString("E16", CultureInfo.InvariantCulture);
        var exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('E') + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        if (exponent is >= -4 and < 16)
        {
            var plain = decimal.TryParse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
                ? exact.ToString("0.############################", CultureInfo.InvariantCulture)
                : shortest;
            return plain.Contains('.') ? plain : plain + ".0";
        }

        var digits = shortest.Split('E')[0].Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Trim('0');
        var mantissa = digits.Length > 1 ? digits[0] + "." + digits[1..] : digits;
        return string.Create(CultureInfo.InvariantCulture, $"{(number < 0 ? "-" : "")}{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent):00}");
    }

    private static string Quote(string text)
    {
        var quote = text.Contains('\'') && !text.Contains('"') ? '"' : '\'';
        var result = new StringBuilder(text.Length + 2).Append(quote);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => result.Append("\\\\"),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                _ when c == quote => result.Append('\\').Append(c),
                < ' ' or '\u007f' => result.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture)),
                _ => result.Append(c),
            };
        }

        return result.Append(quote).ToString();
    }
}
