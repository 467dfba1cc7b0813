using System.Buffers;
using System.Text.RegularExpressions;

namespace Atlas.Learning.Injection;

/// <summary>Separates the playbooks that Atlas injected from what people, models and tools said, so that a playbook never learns from
/// itself and its own words never count as a cue.</summary>
/// <remarks>This class only uses the delimiters; <see cref="InjectedTexts"/> knows the text between them and finds it without
/// delimiters.</remarks>
public static partial class EchoGuard
{
    private static readonly SearchValues<string> Openings = SearchValues.Create([">>>", "&gt;&gt;&gt;"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a playbook block begins in the text.</summary>
    public static bool HasBlock(string? text) => MayHaveBlock(text) && Block().IsMatch(text!);

    /// <summary>Returns the text without its playbook blocks, each replaced by a line break. An unclosed block extends to the end. Blocks
    /// are also found in quotations, with or without marks before their lines, rewrapped, or escaped for HTML.</summary>
    public static string Remove(string? text) => MayHaveBlock(text) ? Block().Replace(text!, "\n") : text ?? "";

    private static bool MayHaveBlock(string? text) => text.AsSpan().ContainsAny(Openings);

    // Quoting and wrapping can insert characters between the words of a delimiter. All counts are bounded, so that no text makes this slow.
    [GeneratedRegex(
        """
        (?:>>>|&gt;&gt;&gt;)[\s>|*\#`]{0,16}(?:Student|Teacher)[\s>|*\#`]{1,16}Playbook[\s>|*\#`]{0,16}?(?:>>>|&gt;&gt;&gt;)
        .*?
        (?:(?:>>>|&gt;&gt;&gt;)[\s>|*\#`]{0,16}End\b(?:(?!>>>|&gt;&gt;&gt;).){0,80}(?:>>>|&gt;&gt;&gt;)|\z)
        """,
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Block();
}
