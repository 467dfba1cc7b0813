using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Atlas.Learning.Options;
using Atlas.Learning.Text;

namespace Atlas.Learning.Injection;

/// <summary>Brings the text of a playbook into the form that stands in a prompt.</summary>
public static partial class PlaybookRenderer
{
    private const string Ellipsis = "...";
    private const string HtmlArrow = "&gt;";
    private const char WideArrow = '\uff1e';

    // Cyrillic and Greek letters that look like those of "playbook", and the letters they look like.
    private const string Lookalikes = "\u0440\u0430\u0443\u043e\u043a\u044c\u0420\u0410\u0423\u041e\u041a\u0412\u03c1\u03b1\u03b3\u03bf\u03ba\u03b2\u03a1\u0391\u03a5\u039f\u039a\u0392";
    private const string LookedLike = "payokbPAYOKBpayokbPAYOKB";

    /// <summary>The block for one role; null if there is nothing to say.</summary>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="text">The playbook of that role.</param>
    /// <param name="options">Gives the largest length.</param>
    /// <param name="updatedAt">When this text became current; null if unknown.</param>
    /// <param name="version">Number of the version; 0 if unknown.</param>
    public static RenderedPlaybook? Render(string role, string? text, LearningOptions options, DateTimeOffset? updatedAt, int version)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(role);
        ArgumentNullException.ThrowIfNull(options);
        if (Trim(text, options.PlaybookLimit) is not { } injected)
        {
            return null;
        }

        var title = char.ToUpperInvariant(role[0]) + role[1..].ToLowerInvariant();
        var block = new StringBuilder().Append(">>> ").Append(title).Append(" Playbook >>>\n");
        if (Header(updatedAt, version) is { } header)
        {
            block.Append(header).Append('\n');
        }

        block.Append(injected).Append("\n>>> End ").Append(title).Append(" Playbook >>>");
        return new RenderedPlaybook(injected, Sha256Text.Hex(injected), block.ToString());
    }

    /// <summary>The same block with a shorter text, say one that <see cref="PlaybookBudget"/> cut, and with that text's hash.</summary>
    /// <param name="playbook">The playbook as it was rendered.</param>
    /// <param name="text">The text that takes the place of its own.</param>
    /// <exception cref="ArgumentException">The block does not hold the playbook's text.</exception>
    public static RenderedPlaybook WithText(RenderedPlaybook playbook, string text)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var start = playbook.Block.LastIndexOf("\n" + playbook.Text + "\n>>> End ", StringComparison.Ordinal) + 1;
        if (start == 0)
        {
            throw new ArgumentException("The block does not hold the playbook's text between its delimiters.", nameof(playbook));
        }

        var block = string.Concat(playbook.Block.AsSpan(0, start), text, playbook.Block.AsSpan(start + playbook.Text.Length));
        return new RenderedPlaybook(text, Sha256Text.Hex(text), block);
    }

    /// <summary>Strips a playbook, takes the force out of lines that pose as delimiters, and cuts it to a limit.</summary>
    /// <param name="text">The stored text.</param>
    /// <param name="limit">Largest length in code points, at least 3. A longer text ends in <c>...</c>.</param>
    /// <returns>Null if nothing is left.</returns>
    public static string? Trim(string? text, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, Ellipsis.Length);
        if (PythonText.IsBlank(text))
        {
            return null;
        }

        var stripped = Disarm(PythonText.Strip(text!));
        return PythonText.Length(stripped) <= limit
            ? stripped
            : PythonText.StripEnd(PythonText.Take(stripped, limit - Ellipsis.Length)) + Ellipsis;
    }

    private static string? Header(DateTimeOffset? updatedAt, int version)
    {
        var updated = updatedAt?.UtcDateTime.ToString("'Last updated: 'yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var number = version > 0 ? string.Create(CultureInfo.InvariantCulture, $"Version: {version}") : null;
        return updated is not null && number is not null ? $"{updated} | {number}" : updated ?? number;
    }

    /// <summary>A text that speaks of a playbook between arrows could end the block early and pass what follows off as the
    /// prompt's own words. Its arrows become others, whether the delimiter stands on one line or on two, in whatever letters.</summary>
    private static string Disarm(string text)
    {
        if (!text.AsSpan().ContainsAny('>', WideArrow) && !text.Contains(HtmlArrow, StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        text = Opening().Replace(text, arrows => Blunt(arrows.Value));
        return Line().Replace(text, line =>
        {
            var visible = Visible(line.Value);
            return visible.Contains(">>>", StringComparison.Ordinal) && visible.Contains("playbook", StringComparison.OrdinalIgnoreCase)
                ? Blunt(line.Value)
                : line.Value;
        });
    }

    private static string Blunt(string text) =>
        text.Replace(HtmlArrow, "\u203a", StringComparison.OrdinalIgnoreCase).Replace('>', '\u203a').Replace(WideArrow, '\u203a');

    /// <summary>A line as a reader sees it: without what cannot be seen, and with the letters that others look like.</summary>
    private static string Visible(string line)
    {
        var seen = new StringBuilder(Invisible().Replace(line, "").Replace(HtmlArrow, ">", StringComparison.OrdinalIgnoreCase));
        for (var at = 0; at < seen.Length; at++)
        {
            var sign = seen[at];
            seen[at] = sign is >= '\uff01' and <= '\uff5e' ? (char)(sign - 0xfee0)
                : Lookalikes.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var found ? LookedLike[found]
                : sign;
        }

        return seen.ToString();
    }

    // Where EchoGuard would see a delimiter begin or end, also with a line break or a mark of quotation in it.
    [GeneratedRegex(@"(?:[>\uff1e]{3,}|(?:&gt;){3,})(?=[\s>|*\#`\p{Cf}\p{Mn}]{0,16}(?:End|Student|Teacher|Playbook)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(@"[^\n\r\u0085\u2028\u2029]+", RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(@"[\p{Cf}\p{Mn}\s]", RegexOptions.CultureInvariant)]
    private static partial Regex Invisible();
}
