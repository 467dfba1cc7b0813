using System.Text.RegularExpressions;

namespace Atlas.Learning.Digest;

/// <summary>Takes the playbooks that Atlas put into a prompt out of a text, so that a playbook never learns from itself.</summary>
public static partial class InjectedText
{
    /// <summary>The text without its playbook blocks. A block that is not closed reaches to the end.</summary>
    public static string Remove(string text) =>
        text.Contains(">>>", StringComparison.Ordinal) ? Block().Replace(text, "\n") : text;

    [GeneratedRegex(@">>>[ \t]*(?:Student|Teacher)[ \t]+Playbook[ \t]*>>>.*?(?:>>>[ \t]*End[^>\n]*>>>|\z)",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Block();
}
