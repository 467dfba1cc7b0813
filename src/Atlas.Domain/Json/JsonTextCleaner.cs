using System.Globalization;
using System.Text;

namespace Atlas.Domain.Json;

/// <summary>Rewrites in one pass what <c>jsonb</c> refuses in JSON text, and copies everything else.</summary>
internal sealed class JsonTextCleaner(string json)
{
    private readonly StringBuilder _clean = new(json.Length);
    private int _at;

    public string Run()
    {
        while (_at < json.Length)
        {
            var c = json[_at];
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
                _at++;
            }
            else
            {
                _at += 1 + StorableText.AppendCharacter(_clean, json, _at);
            }
        }

        return _clean.ToString();
    }

    private void CopyString()
    {
        _clean.Append(json[_at++]);
        while (_at < json.Length)
        {
            var c = json[_at];
            if (c == '\\' && _at + 1 < json.Length)
            {
                CopyEscape();
                continue;
            }

            _at += 1 + StorableText.AppendCharacter(_clean, json, _at);
            if (c == '"')
            {
                return;
            }
        }
    }

    private void CopyEscape()
    {
        if (json[_at + 1] != 'u' || !TryHex(_at + 2, out var unit))
        {
            _clean.Append(json[_at]).Append(json[_at + 1]);
            _at += 2;
            return;
        }

        if (unit == 0)
        {
            _at += 6;
        }
        else if (char.IsHighSurrogate(unit) && _at + 7 < json.Length && json[_at + 6] == '\\' && json[_at + 7] == 'u'
                 && TryHex(_at + 8, out var second) && char.IsLowSurrogate(second))
        {
            _clean.Append(json, _at, 12);
            _at += 12;
        }
        else if (char.IsSurrogate(unit))
        {
            _clean.Append('\uFFFD');
            _at += 6;
        }
        else
        {
            _clean.Append(json, _at, 6);
            _at += 6;
        }
    }

    private void CopyNumber()
    {
        var start = _at;
        while (_at < json.Length && (char.IsAsciiLetterOrDigit(json[_at]) || json[_at] is '-' or '+' or '.'))
        {
            _at++;
        }

        var token = json.AsSpan(start, _at - start);
        var isNone = token is "NaN" or "-NaN" or "Infinity" or "-Infinity"
            || (token.IndexOfAny('e', 'E') >= 0
                && double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && !double.IsFinite(value));
        _clean.Append(isNone ? "null" : token);
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
