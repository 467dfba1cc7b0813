using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Atlas.Learning.Usage;

/// <summary>Translates a regular expression from Python's dialect to .NET's.</summary>
/// <remarks>Named groups become numbered ones, because .NET numbers named groups after all others, so <c>\1</c> would refer to another
/// group. Flags for the whole pattern are extracted, possessive quantifiers become atomic groups, and an opening bracket within a class is
/// escaped, because .NET would read it as a subtraction.</remarks>
internal sealed partial class PythonPattern
{
    private readonly string _source;
    private readonly StringBuilder _result = new();
    private readonly Stack<int> _openGroups = new();
    private readonly Dictionary<string, int> _groupNumbers = new(StringComparer.Ordinal);
    private RegexOptions _flags;
    private int _groups;
    private int _atom;
    private int _at;

    private PythonPattern(string source) => _source = source;

    /// <summary>Returns the pattern for .NET, and the flags it sets for the whole pattern.</summary>
    /// <exception cref="ArgumentException">The pattern refers to a group that does not exist, or names one incorrectly.</exception>
    public static (string Pattern, RegexOptions Flags) Translate(string pattern)
    {
        var translation = new PythonPattern(pattern);
        translation.Run();
        return (translation._result.ToString(), translation._flags);
    }

    private void Run()
    {
        while (_at < _source.Length)
        {
            switch (_source[_at])
            {
                case '\\':
                    Escape();
                    break;
                case '[':
                    Class();
                    break;
                case '(':
                    Open();
                    break;
                case ')':
                    _atom = _openGroups.TryPop(out var start) ? start : _result.Length;
                    Copy(1);
                    break;
                case '*' or '+' or '?' or '{':
                    Quantifier();
                    break;
                default:
                    Literal();
                    break;
            }
        }
    }

    private void Literal()
    {
        _atom = _result.Length;
        if (_at + 1 < _source.Length && char.IsSurrogatePair(_source, _at))
        {
            // One character in Python, two in .NET: kept together, so that a quantifier applies to both.
            _result.Append("(?:").Append(_source, _at, 2).Append(')');
            _at += 2;
        }
        else
        {
            Copy(1);
        }
    }

    private void Escape()
    {
        _atom = _result.Length;
        if (_at + 1 >= _source.Length)
        {
            throw new ArgumentException("The pattern ends in a lone backslash.");
        }

        switch (_source[_at + 1])
        {
            case 'Z':
                _result.Append("\\z");
                _at += 2;
                break;
            case 'U':
                _result.Append("(?:").Append(Regex.Escape(AstralCharacter())).Append(')');
                break;
            default:
                Copy(2);
                break;
        }
    }

    private string AstralCharacter()
    {
        if (_at + 10 > _source.Length
            || !int.TryParse(_source.AsSpan(_at + 2, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            || !Rune.IsValid(code))
        {
            throw new ArgumentException("\\U must be followed by the eight hex digits of a character.");
        }

        _at += 10;
        return char.ConvertFromUtf32(code);
    }

    private void Class()
    {
        _atom = _result.Length;
        Copy(1);
        if (_at < _source.Length && _source[_at] == '^')
        {
            Copy(1);
        }

        // A closing bracket in first position is literal.
        if (_at < _source.Length && _source[_at] == ']')
        {
            _result.Append("\\]");
            _at++;
        }

        while (_at < _source.Length && _source[_at] != ']')
        {
            if (_source[_at] == '[')
            {
                _result.Append('\\');
            }

            Copy(_source[_at] == '\\' && _at + 1 < _source.Length ? 2 : 1);
        }

        Copy(Math.Min(1, _source.Length - _at));
    }

    private void Open()
    {
        if (GlobalFlags().Match(_source, _at) is { Success: true } flags)
        {
            _flags |= FlagsOf(flags.Groups[1].Value);
            _at += flags.Length;
            return;
        }

        _openGroups.Push(_result.Length);
        if (NamedGroup().Match(_source, _at) is { Success: true } named)
        {
            if (!_groupNumbers.TryAdd(named.Groups[1].Value, ++_groups))
            {
                throw new ArgumentException($"The group '{named.Groups[1].Value}' is named twice.");
            }

            _result.Append('(');
            _at += named.Length;
        }
        else if (NamedReference().Match(_source, _at) is { Success: true } reference)
        {
            _result.Append("(?:\\k<").Append(NumberOf(reference.Groups[1].Value)).Append('>');
            _at += reference.Length;
        }
        else if (Condition().Match(_source, _at) is { Success: true } condition)
        {
            _result.Append("(?(").Append(NumberOf(condition.Groups[1].Value)).Append(')');
            _at += condition.Length;
        }
        else if (ScopedFlags().Match(_source, _at) is { Success: true } scoped)
        {
            _result.Append("(?").Append(KnownFlags(scoped.Groups[1].Value)).Append(':');
            _at += scoped.Length;
        }
        else if (_at + 1 < _source.Length && _source[_at + 1] == '?')
        {
            // "(?P" with anything else is not a group in either dialect, and .NET reports it.
            Copy(2);
        }
        else
        {
            _groups++;
            Copy(1);
        }
    }

    private void Quantifier()
    {
        var length = 1;
        if (_source[_at] == '{')
        {
            if (Repetition().Match(_source, _at) is not { Success: true } repetition)
            {
                _atom = _result.Length;
                Copy(1);
                return;
            }

            length = repetition.Length;
            _result.Append(repetition.Groups[1].Length == 0 ? "{0" + _source[(_at + 1)..(_at + length)] : repetition.Value);
            _at += length;
        }
        else
        {
            Copy(1);
        }

        if (_at < _source.Length && _source[_at] == '?')
        {
            Copy(1);
        }
        else if (_at < _source.Length && _source[_at] == '+')
        {
            _result.Insert(_atom, "(?>").Append(')');
            _at++;
        }
    }

    private int NumberOf(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : _groupNumbers.TryGetValue(name, out var known) ? known
        : throw new ArgumentException($"There is no group '{name}' before the reference to it.");

    private void Copy(int length)
    {
        _result.Append(_source, _at, length);
        _at += length;
    }

    private static string KnownFlags(string flags) => string.Concat(flags.Where(flag => flag is 'i' or 'm' or 's' or 'x' or '-'));

    private static RegexOptions FlagsOf(string flags) => flags.Aggregate(RegexOptions.None, (options, flag) => options | flag switch
    {
        'm' => RegexOptions.Multiline,
        's' => RegexOptions.Singleline,
        'x' => RegexOptions.IgnorePatternWhitespace,
        _ => RegexOptions.None,
    });

    [GeneratedRegex(@"\G\(\?([aiLmsux]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex GlobalFlags();

    [GeneratedRegex(@"\G\(\?([aiLmsux]*-?[imsx]*):", RegexOptions.CultureInvariant)]
    private static partial Regex ScopedFlags();

    [GeneratedRegex(@"\G\(\?P?<([A-Za-z_]\w*)>", RegexOptions.CultureInvariant)]
    private static partial Regex NamedGroup();

    [GeneratedRegex(@"\G\(\?P=([A-Za-z_]\w*)(?=\))", RegexOptions.CultureInvariant)]
    private static partial Regex NamedReference();

    [GeneratedRegex(@"\G\(\?\((\w+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex(@"\G\{(?:(\d+)(?:,\d*)?|,\d+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Repetition();
}
