using System.Text.RegularExpressions;

namespace Atlas.Learning.Leaks;

/// <summary>Extracts the literal text of a regular expression: classes and anchors become spaces, escaped characters themselves.</summary>
internal static partial class RegexLiterals
{
    public static string Of(string pattern) => Escaped().Replace(pattern, escape => escape.Value[1] is var sign && char.IsAsciiLetterOrDigit(sign)
        ? " "
        : sign.ToString());

    [GeneratedRegex(@"\\.", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();
}
