using System.Globalization;
using System.Text.Json;

namespace Atlas.Domain.Json;

/// <summary>Reads JSON from other programs. A missing or unexpected value is a result, never an exception.</summary>
public static class JsonRead
{
    /// <summary>Gets a member of an object; returns false if there is none or the value is not an object.</summary>
    public static bool TryGet(JsonElement value, string name, out JsonElement member)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out member))
        {
            return true;
        }

        member = default;
        return false;
    }

    /// <summary>Returns the member if it is a string; otherwise, null.</summary>
    public static string? Text(JsonElement value, string name) =>
        TryGet(value, name, out var member) && member.ValueKind == JsonValueKind.String ? SafeJson.Text(member) : null;

    /// <summary>Returns the member as a finite number, from a number or a string that contains one; otherwise, null. Booleans are not
    /// numbers.</summary>
    public static double? Number(JsonElement value, string name) => TryGet(value, name, out var member) ? Number(member) : null;

    /// <inheritdoc cref="Number(JsonElement, string)"/>
    public static double? Number(JsonElement value)
    {
        var found = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out var number) ? number : double.NaN,
            JsonValueKind.String => double.TryParse(SafeJson.Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number
                : double.NaN,
            _ => double.NaN,
        };
        return double.IsFinite(found) ? found : null;
    }

    /// <summary>Returns the value, or the object or array inside it if it is a string with JSON; safe to read.</summary>
    /// <remarks>Some tools stored JSON columns encoded twice.</remarks>
    public static JsonElement Unwrap(JsonElement value)
    {
        value = SafeJson.Readable(value);
        for (var i = 0; i < 3 && value.ValueKind == JsonValueKind.String; i++)
        {
            var text = SafeJson.Text(value).Trim();
            if (text.Length < 2 || text[0] is not ('{' or '[' or '"'))
            {
                return value;
            }

            try
            {
                value = SafeJson.Readable(JsonElement.Parse(text));
            }
            catch (JsonException)
            {
                return value; // A text that only looks like JSON stays the text it is.
            }
        }

        return value;
    }
}
