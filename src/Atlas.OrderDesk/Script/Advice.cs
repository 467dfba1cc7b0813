using System.Text.RegularExpressions;

namespace Atlas.OrderDesk.Script;

/// <summary>Finds advice for the student in a prompt: lines such as <c>Call get_order before you refund.</c> or <c>Call offer_voucher when
/// the task says "express".</c></summary>
internal static partial class Advice
{
    /// <summary>Returns the tools that a prompt says to call for this task.</summary>
    /// <param name="prompt">Everything that the student is told, including the playbook.</param>
    /// <param name="task">The task, for advice that only applies if the task says something.</param>
    public static IReadOnlySet<string> In(string prompt, string task) => prompt
        .Split('\n')
        .SelectMany(line => Line().Matches(line))
        .Where(advice => advice.Groups["phrase"] is not { Success: true } phrase
            || task.Contains(phrase.Value, StringComparison.OrdinalIgnoreCase))
        .Select(advice => advice.Groups["tool"].Value)
        .ToHashSet(StringComparer.Ordinal);

    // Quotes may be escaped, because guidance appears in prompts as JSON.
    [GeneratedRegex(
        @"\bcall (?<tool>[a-z]+_[a-z_]+)\b(?:[^.\n""]*?\bwhen the task says \\?""(?<phrase>[^""\\]+))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
