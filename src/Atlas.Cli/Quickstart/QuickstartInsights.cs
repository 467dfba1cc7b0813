using System.Globalization;
using Atlas.Cli.Output;

namespace Atlas.Cli.Quickstart;

/// <summary>Compares the last task with the first, in sentences.</summary>
internal static class QuickstartInsights
{
    /// <param name="rows">The tasks.</param>
    /// <param name="withTime">Whether durations are meaningful: scripted models answer immediately, and the first task warms up the
    /// program.</param>
    public static IEnumerable<string> Of(IReadOnlyList<QuickstartRow> rows, bool withTime)
    {
        if (rows.Count < 2)
        {
            yield break;
        }

        var (first, last) = (rows[0], rows[^1]);
        if (first.Reward is { } before && last.Reward is { } after)
        {
            yield return after > before
                ? $"Quality: the reward rose from {Wording.Score(before)} to {Wording.Score(after)}."
                : after < before
                    ? $"Quality: the reward fell from {Wording.Score(before)} to {Wording.Score(after)}."
                    : $"Quality: the reward stayed at {Wording.Score(after)}.";
        }

        if (Change(first.Tokens, last.Tokens) is { } tokens)
        {
            yield return $"Cost: the last task took {tokens} tokens than the first{(last.Tokens > first.Tokens ? ": doing it right takes more calls" : "")}.";
        }

        if (withTime && Change(first.Seconds, last.Seconds) is { } time)
        {
            yield return $"Speed: it took {time} time.";
        }
    }

    // Division by zero, or a difference that is not worth mentioning.
    private static string? Change(double first, double last)
    {
        var share = first > 0 ? (last - first) / first : 0;
        return Math.Abs(share) < 0.01
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(share) * 100:0} % {(share > 0 ? "more" : "less")}");
    }
}
