using System.Globalization;
using System.Text;

namespace Atlas.Storage.Json;

/// <summary>One pass over JSON text that rewrites what <c>jsonb</c> refuses and copies everything else.</summary>
internal sealed class JsonTextCleaner(string json)
{
    private readonly StringBuilder clean = new(json.Length);
    private int at;

    public string Run()
    {
        while (at < json.Length)
        {
            var c = json[at];
            if (c == '"')
            {
                CopyString();
            }
            else if (c is '-' or 'N' or 'I' || char.IsAsciiDigit(c))
            {
                CopyNumber();
            }
            else if (c == '\0')
            {
                at++;
            }
            else
            {
                at += 1 + JsonText.AppendCharacter(clean, json, at);
            }
        }

        return clean.ToString();
    }

    private void CopyString()
    {
        clean.Append(json[at++]);
        while (at < json.Length)
        {
            var c = json[at];
            if (c == '\\' && at + 1 < json.Length)
            {
                CopyEscape();
                continue;
            }

            at += 1 + JsonText.AppendCharacter(clean, json, at);
            if (c == '"')
            {
                return;
            }
        }
    }

    private void CopyEscape()
    {
        if (json[at + 1] != 'u' || !TryHex(at + 2, out var unit))
        {
            clean.Append(json[at]).Append(json[at + 1]);
            at += 2;
            return;
        }

        if (unit == 0)
        {
            at += 6;
        }
        else if (char.IsHighSurrogate(unit) && at + 7 < json.Length && json[at + 6] == '\\' && json[at + 7] == 'u'
                 && TryHex(at + 8, out var second) && char.IsLowSurrogate(second))
        {
            clean.Append(json, at, 12);
            at += 12;
        }
        else if (char.IsSurrogate(unit))
        {
            clean.Append('\uFFFD');
            at += 6;
        }
        else
        {
            clean.Append(json, at, 6);
            at += 6;
        }
    }

    private void CopyNumber()
    {
        var start = at;
        while (at < json.Length && (char.IsAsciiLetterOrDigit(json[at]) || json[at] is '-' or '+' or '.'))
        {
            at++;
        }

        var token = json.AsSpan(start, at - start);
        var isNone = token is "NaN" or "-NaN" or "Infinity" or "-Infinity"
            || (token.IndexOfAny('e', 'E') >= 0
                && double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && !double.IsFinite(value));
        clean.Append(isNone ? "null" : token);
    }

    private bool TryHex(int start, out char unit)
    {
        unit = '\0';
        if (start + 4 > json.Length
            || !ushort.TryParse(json.AsSpan(start, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return false;
        }

        unit = (char)code;
        return true;
    }
}
