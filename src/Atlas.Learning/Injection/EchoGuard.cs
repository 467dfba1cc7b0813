using System.Text.RegularExpressions;

namespace Atlas.Learning.Injection;

/// <summary>Tells the playbooks that Atlas put into a prompt from what people, models and tools said, so that a playbook never
/// learns from itself and its own words never count as a cue.</summary>
public static partial class EchoGuard
{
    /// <summary>Whether a playbook block begins in the text.</summary>
    public static bool HasBlock(string? text) => MayHaveBlock(text) && Block().IsMatch(text!);

    /// <summary>The text without its playbook blocks, each replaced by a line break. A block that is not closed reaches to the end.</summary>
    public static string Remove(string? text) => MayHaveBlock(text) ? Block().Replace(text!, "\n") : text ?? "";

    private static bool MayHaveBlock(string? text) => text?.Contains(">>>", StringComparison.Ordinal) == true;

    [GeneratedRegex(@">>>[ \t]*(?:Student|Teacher)[ \t]+Playbook[ \t]*>>>.*?(?:>>>[ \t]*End[^>\n]*>>>|\z)",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Block();
}
