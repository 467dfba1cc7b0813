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

    /// <summary>A line that speaks of a playbook between arrows could end the block early and pass what follows off as the
    /// prompt's own words. Its arrows become others of the same length.</summary>
    private static string Disarm(string text)
    {
        if (!text.Contains('>'))
        {
            return text;
        }

        return Line().Replace(text, line =>
        {
            var visible = Invisible().Replace(line.Value, "");
            return visible.Contains(">>>", StringComparison.Ordinal) && visible.Contains("playbook", StringComparison.OrdinalIgnoreCase)
                ? line.Value.Replace('>', '\u203a')
                : line.Value;
        });
    }

    [GeneratedRegex(@"[^\n\r\u0085\u2028\u2029]+", RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(@"[\p{Cf}\p{Mn}\s]", RegexOptions.CultureInvariant)]
    private static partial Regex Invisible();
}
