using System.Text.RegularExpressions;
using Atlas.Learning.Text;

namespace Atlas.Reports.Files;

/// <summary>Escapes text from outside for a line of Markdown: it reads as it was written, and creates no link, picture, tag or
/// heading.</summary>
internal static partial class MarkdownText
{
    /// <summary>Escapes text between other words.</summary>
    public static string Plain(string? text) => Special().Replace(VisibleText.OneLine(text ?? ""), @"\$0");

    /// <summary>Formats text as code.</summary>
    public static string Code(string text)
    {
        var visible = VisibleText.OneLine(text);
        var longest = Ticks().Matches(visible).Select(run => run.Length).DefaultIfEmpty(0).Max();
        var fence = new string('`', longest + 1);
        var space = longest > 0 ? " " : "";
        return $"{fence}{space}{visible}{space}{fence}";
    }

    /// <summary>Escapes code for a cell of a table: there, a bar ends the cell even within code.</summary>
    public static string Cell(string code) => code.Replace("|", @"\|", StringComparison.Ordinal);

    // An underscore within a word has no meaning.
    [GeneratedRegex(@"[\\`*\[\]<>|~$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=\#?\w+;)|^[#+=-](?=\s|$)|(?<=^\d{1,9})[.)](?=\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Special();

    [GeneratedRegex("`+", RegexOptions.CultureInvariant)]
    private static partial Regex Ticks();
}
