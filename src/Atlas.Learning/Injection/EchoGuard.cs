using System.Text.RegularExpressions;

namespace Atlas.Learning.Injection;

/// <summary>Tells the playbooks that Atlas put into a prompt from what people, models and tools said, so that a playbook never
/// learns from itself and its own words never count as a cue.</summary>
/// <remarks>This one goes by the delimiters alone; <see cref="InjectedTexts"/> knows what was said between them, and finds it
/// without them.</remarks>
public static partial class EchoGuard
{
    /// <summary>Whether a playbook block begins in the text.</summary>
    public static bool HasBlock(string? text) => MayHaveBlock(text) && Block().IsMatch(text!);

    /// <summary>The text without its playbook blocks, each replaced by a line break. A block that is not closed reaches to the
    /// end. Blocks are found in quotations too, with or without marks before their lines, wrapped anew, or escaped for HTML.</summary>
    public static string Remove(string? text) => MayHaveBlock(text) ? Block().Replace(text!, "\n") : text ?? "";

    private static bool MayHaveBlock(string? text) =>
        text is not null && (text.Contains(">>>", StringComparison.Ordinal) || text.Contains("&gt;&gt;&gt;", StringComparison.OrdinalIgnoreCase));

    // Between the words of a delimiter there may be what quoting and wrapping put there. All counts are bounded, so that no text
    // makes this slow.
    [GeneratedRegex(
        """
        (?:>>>|&gt;&gt;&gt;)[\s>|*\#`]{0,16}(?:Student|Teacher)[\s>|*\#`]{1,16}Playbook[\s>|*\#`]{0,16}?(?:>>>|&gt;&gt;&gt;)
        .*?
        (?:(?:>>>|&gt;&gt;&gt;)[\s>|*\#`]{0,16}End\b(?:(?!>>>|&gt;&gt;&gt;).){0,80}(?:>>>|&gt;&gt;&gt;)|\z)
        """,
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Block();
}
