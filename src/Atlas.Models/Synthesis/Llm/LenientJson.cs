using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Atlas.Models.Synthesis.Llm;

/// <summary>Reads JSON as models write it: with comments, trailing or missing commas, other quotes, bare words, line breaks and quotes
/// inside strings, and without its end.</summary>
/// <remarks>Nothing is made up for what was cut off: an unfinished item of a list or member of an object is left out, and everything
/// complete before it is kept.</remarks>
internal sealed class LenientJson(string text)
{
    private const int MaxDepth = 48;
    private static readonly (char Open, char Close)[] Quotes = [('"', '"'), ('\'', '\''), ('“', '”'), ('`', '`')];

    private int _at;

    /// <summary>Gets a value indicating whether the text ended before the value did.</summary>
    public bool CutOff { get; private set; }

    /// <summary>Gets the index after the value that was read.</summary>
    public int End => _at;

    /// <summary>Reads the value that starts at an index; returns null if there is none.</summary>
    public JsonNode? Read(int start)
    {
        (_at, CutOff) = (start, false);
        return Value(0).Node;
    }

    private readonly record struct Part(JsonNode? Node, bool Whole);

    private Part Value(int depth)
    {
        Skip();
        if (_at >= text.Length || depth > MaxDepth)
        {
            CutOff = true;
            _at = text.Length;
            return default;
        }

        return text[_at] switch
        {
            '{' => Object(depth),
            '[' => List(depth),
            var first when IsQuote(first) => Quoted(),
            _ => Bare(),
        };
    }

    private Part Object(int depth)
    {
        var result = new JsonObject();
        for (_at++; SkipTo(out var next); )
        {
            if (next == '}')
            {
                _at++;
                return new(result, Whole: true);
            }

            if (next == ']')
            {
                return new(result, Whole: true); // A brace was forgotten; the bracket belongs to the enclosing list.
            }

            var name = IsQuote(next) ? Quoted() : Bare(untilColon: true);
            Skip();
            if (!name.Whole || _at >= text.Length)
            {
                break;
            }

            if (text[_at] != ':')
            {
                continue; // A text without a value is left out.
            }

            _at++;
            var value = Value(depth + 1);
            if (value.Whole || value.Node is JsonArray or JsonObject)
            {
                result[name.Node!.GetValue<string>()] = value.Node;
            }

            if (!value.Whole)
            {
                break;
            }
        }

        CutOff = true;
        return new(result, Whole: false);
    }

    private Part List(int depth)
    {
        var result = new JsonArray();
        for (_at++; SkipTo(out var next); )
        {
            if (next == ']')
            {
                _at++;
                return new(result, Whole: true);
            }

            if (next == '}')
            {
                return new(result, Whole: true); // A bracket was forgotten; the brace belongs to the enclosing object.
            }

            var item = Value(depth + 1);
            if (!item.Whole)
            {
                break;
            }

            result.Add(item.Node);
        }

        CutOff = true;
        return new(result, Whole: false);
    }

    private Part Quoted()
    {
        var close = Quotes.First(quote => quote.Open == text[_at]).Close;
        var result = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            var character = text[_at];
            if (character == '\\' && _at + 1 < text.Length)
            {
                Escape(result);
            }
            else if (character == close && Closes())
            {
                _at++;
                return new(JsonValue.Create(result.ToString()), Whole: true);
            }
            else
            {
                result.Append(character);
            }
        }

        return default;
    }

    /// <summary>Determines whether the quote here ends its string, which it does if structure follows.</summary>
    private bool Closes()
    {
        var next = _at + 1;
        while (next < text.Length && char.IsWhiteSpace(text[next]) && text[next] is not ('\n' or '\r'))
        {
            next++;
        }

        return next >= text.Length || text[next] is ',' or ':' or '}' or ']' or '\n' or '\r' or '/' or '#';
    }

    private void Escape(StringBuilder result)
    {
        var escaped = text[++_at];
        switch (escaped)
        {
            case 'n': result.Append('\n'); break;
            case 't': result.Append('\t'); break;
            case 'r': result.Append('\r'); break;
            case 'b': result.Append('\b'); break;
            case 'f': result.Append('\f'); break;
            case '"' or '\'' or '\\' or '/' or '`': result.Append(escaped); break;
            case 'u' when _at + 4 < text.Length
                && ushort.TryParse(text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                result.Append((char)unit);
                _at += 4;
                break;
            default: result.Append('\\').Append(escaped); break; // \d and \s of a pattern that was escaped once only
        }
    }

    private Part Bare(bool untilColon = false)
    {
        var start = _at;
        while (_at < text.Length && text[_at] is not (',' or '}' or ']' or '\n' or '\r') && !(untilColon && text[_at] == ':'))
        {
            _at++;
        }

        var whole = _at < text.Length;
        var word = text[start.._at].Trim();
        if (untilColon)
        {
            return new(JsonValue.Create(word), whole);
        }

        return word switch
        {
            "null" or "None" or "undefined" or "NaN" or "Infinity" or "-Infinity" or "" => new(null, whole),
            "true" or "True" => new(JsonValue.Create(true), whole),
            "false" or "False" => new(JsonValue.Create(false), whole),
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) =>
                new(JsonValue.Create(number), whole),
            _ => new(JsonValue.Create(word), whole),
        };
    }

    private bool SkipTo(out char next)
    {
        Skip();
        while (_at < text.Length && text[_at] == ',')
        {
            _at++;
            Skip();
        }

        next = _at < text.Length ? text[_at] : '\0';
        return _at < text.Length;
    }

    /// <summary>Skips white space and comments.</summary>
    private void Skip()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at]) || text[_at] is '\uFEFF' or '\u200B')
            {
                _at++;
            }
            else if (text[_at] == '#' || text.AsSpan(_at).StartsWith("//"))
            {
                var line = text.IndexOf('\n', _at);
                _at = line < 0 ? text.Length : line;
            }
            else if (text.AsSpan(_at).StartsWith("/*"))
            {
                var end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                _at = end < 0 ? text.Length : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private static bool IsQuote(char character) => Quotes.Any(quote => quote.Open == character);
}
