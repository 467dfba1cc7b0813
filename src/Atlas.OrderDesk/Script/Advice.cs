using System.Text.RegularExpressions;

namespace Atlas.OrderDesk.Script;

/// <summary>What a prompt tells the student to do: lines such as <c>Call get_order before you refund.</c> or
/// <c>Call offer_voucher when the task says "express".</c></summary>
internal static partial class Advice
{
    /// <summary>The tools that a prompt tells to call for this task.</summary>
    /// <param name="prompt">All that the student is told, the playbook included.</param>
    /// <param name="task">The task, for advice that holds only where the task says something.</param>
    public static IReadOnlySet<string> In(string prompt, string task) => prompt
        .Split('\n')
        .SelectMany(line => Line().Matches(line))
        .Where(advice => advice.Groups["phrase"] is not { Success: true } phrase
            || task.Contains(phrase.Value, StringComparison.OrdinalIgnoreCase))
        .Select(advice => advice.Groups["tool"].Value)
        .ToHashSet(StringComparer.Ordinal);

    // Quotes may be escaped, because guidance stands in prompts as JSON.
    [GeneratedRegex(
        @"\bcall (?<tool>[a-z]+_[a-z_]+)\b(?:[^.\n""]*?\bwhen the task says \\?""(?<phrase>[^""\\]+))?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
