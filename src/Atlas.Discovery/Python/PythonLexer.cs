using System.Collections.Immutable;
using System.Text;

namespace Atlas.Discovery.Python;

/// <summary>Splits a Python file into logical lines of tokens. Accepts anything; text that is not Python yields odd tokens, never an
/// error.</summary>
internal sealed class PythonLexer(string text)
{
    private readonly List<PythonLine> _lines = [];
    private readonly List<PythonToken> _tokens = [];
    private int _at;
    private int _line = 1;
    private int _indent;
    private int _depth;

    public static IReadOnlyList<PythonLine> Read(string text) => new PythonLexer(text).Read();

    private List<PythonLine> Read()
    {
        MeasureIndent();
        while (_at < text.Length)
        {
            Next();
        }

        EndLine();
        return _lines;
    }

    private void Next()
    {
        var letter = text[_at];
        switch (letter)
        {
            case '\n':
                _at++;
                _line++;
                if (_depth == 0)
                {
                    EndLine();
                    MeasureIndent();
                }

                break;
            case '\\' when _at + 1 < text.Length && text[_at + 1] is ('\n' or '\r'):
                _at += text[_at + 1] == '\r' && _at + 2 < text.Length ? 3 : 2;
                _line++;
                break;
            case '#':
                while (_at < text.Length && text[_at] != '\n')
                {
                    _at++;
                }

                break;
            case '"' or '\'':
                Add(PythonTokenKind.Text, ReadText(isRaw: false));
                break;
            case ';' when _depth == 0:
                _at++;
                EndLine();
                break;
            default:
                if (char.IsWhiteSpace(letter))
                {
                    _at++;
                }
                else if (char.IsLetter(letter) || letter == '_')
                {
                    ReadName();
                }
                else if (char.IsDigit(letter))
                {
                    Add(PythonTokenKind.Number, ReadWhile(one => char.IsLetterOrDigit(one) || one is '.' or '_'));
                }
                else
                {
                    _depth = Math.Max(0, _depth + (letter is '(' or '[' or '{' ? 1 : letter is ')' or ']' or '}' ? -1 : 0));
                    _at++;
                    Add(PythonTokenKind.Sign, letter.ToString());
                }

                break;
        }
    }

    private void ReadName()
    {
        var name = ReadWhile(one => char.IsLetterOrDigit(one) || one == '_');
        var isPrefix = name.Length <= 2 && name.All(one => "rRbBuUfF".Contains(one, StringComparison.Ordinal));
        if (isPrefix && _at < text.Length && text[_at] is ('"' or '\''))
        {
            Add(PythonTokenKind.Text, ReadText(name.Contains('r', StringComparison.OrdinalIgnoreCase)));
        }
        else
        {
            Add(PythonTokenKind.Name, name);
        }
    }

    private string ReadText(bool isRaw)
    {
        var quote = text[_at];
        var isLong = string.CompareOrdinal(text, _at, new string(quote, 3), 0, 3) == 0;
        _at += isLong ? 3 : 1;
        var value = new StringBuilder();
        while (_at < text.Length)
        {
            var letter = text[_at];
            if (letter == quote && (!isLong || string.CompareOrdinal(text, _at, new string(quote, 3), 0, 3) == 0))
            {
                _at += isLong ? 3 : 1;
                break;
            }

            if (letter == '\n')
            {
                // An unterminated single-line string ends with its line.
                if (!isLong)
                {
                    break;
                }

                _line++;
            }

            if (letter == '\\' && _at + 1 < text.Length)
            {
                Unescape(text[_at + 1], isRaw, value);
                _at += 2;
                continue;
            }

            value.Append(letter);
            _at++;
        }

        return value.ToString();
    }

    private void Unescape(char escaped, bool isRaw, StringBuilder value)
    {
        if (escaped == '\n')
        {
            _line++;
        }

        if (isRaw)
        {
            value.Append('\\').Append(escaped);
            return;
        }

        _ = escaped switch
        {
            'n' => value.Append('\n'),
            't' => value.Append('\t'),
            'r' => value.Append('\r'),
            '\n' => value,
            '\\' or '\'' or '"' => value.Append(escaped),
            _ => value.Append('\\').Append(escaped),
        };
    }

    private string ReadWhile(Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < text.Length && belongs(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
    }

    private void Add(PythonTokenKind kind, string word)
    {
        // Adjacent strings are concatenated.
        if (kind is PythonTokenKind.Text && _tokens is [.., { Kind: PythonTokenKind.Text } before])
        {
            _tokens[^1] = before with { Text = before.Text + word };
            return;
        }

        _tokens.Add(new PythonToken(kind, word, _line));
    }

    private void MeasureIndent()
    {
        var start = _at;
        while (_at < text.Length && text[_at] is (' ' or '\t'))
        {
            _at++;
        }

        _indent = _at - start;
    }

    private void EndLine()
    {
        if (_tokens.Count > 0)
        {
            _lines.Add(new PythonLine(_indent, [.. _tokens]));
            _tokens.Clear();
        }
    }
}
