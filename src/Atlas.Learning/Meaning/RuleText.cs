using System.Text.RegularExpressions;

namespace Atlas.Learning.Meaning;

/// <summary>An entry's words, split for comparison: when the rule applies, and what to do then.</summary>
/// <param name="When">The cue; empty if there is none.</param>
/// <param name="Do">The imperative, with the tool if it does not name it.</param>
/// <param name="Limits">The scope; empty if there is none.</param>
public sealed partial record RuleText(string When, string Do, string Limits)
{
    /// <summary>Parses the line of an entry in a prompt; see <see cref="Injection.EntryWords"/>. Words in another form are all treated as
    /// an imperative.</summary>
    public static RuleText Of(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var match = Form().Match(words);
        if (!match.Success || match.Groups["do"].Length == 0)
        {
            return new("", words.TrimStart('-', ' '), "");
        }

        var tool = match.Groups["tool"].Value;
        return new(match.Groups["when"].Value, tool.Length == 0 ? match.Groups["do"].Value : $"{match.Groups["do"].Value} {tool}", match.Groups["limits"].Value);
    }

    /// <summary>The texts that need vectors.</summary>
    public IEnumerable<string> Texts => When.Length == 0 ? [Do] : [When, Do];

    // Avoids backtracking into long words: each part ends where the next label begins.
    [GeneratedRegex(
        @"^- ?(?:When: (?<when>.*?) )?Do: (?<do>.*?)(?: Tool: (?<tool>.*?))?(?: Expect: .*?)?(?: Limits: (?<limits>.*))?$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
