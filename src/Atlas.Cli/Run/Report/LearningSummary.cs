using System.Globalization;
using System.Text;
using Atlas.Cli.Output;
using Atlas.Domain.Playbooks;

namespace Atlas.Cli.Run.Report;

/// <summary>Summarizes what was learned so far in a few lines.</summary>
internal static class LearningSummary
{
    private const int Recent = 5;
    private const int LongestNote = 240;
    private const double NotableTokens = 50;

    /// <summary>Returns the lines with a heading; none if there is nothing to report.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="isStreaming">Whether the lines follow a stream of events, which calls for a quieter heading.</param>
    public static IReadOnlyList<string> Lines(LearningFigures figures, bool isStreaming)
    {
        List<string> lines = [.. Reward(figures), .. Tokens(figures), .. Usage(figures), .. Notes(figures), .. Entries(figures), .. Failures(figures)];
        return lines.Count == 0
            ? []
            : [isStreaming ? "--- Learning Summary ---" : "=== Learning Summary ===", .. lines, $"Learning Key: {figures.LearningKey}"];
    }

    private static IEnumerable<string> Reward(LearningFigures figures)
    {
        if (figures.Latest is null && figures.Scores.IsEmpty)
        {
            yield break;
        }

        var parts = new List<string>();
        if (figures.Latest is { } latest)
        {
            parts.Add($"latest={Wording.Score(latest)}");
        }

        var recent = figures.Scores.TakeLast(Recent).ToArray();
        if (recent.Length > 0)
        {
            parts.Add(Invariant($"recent={Wording.Score(recent.Average())} (n={recent.Length})"));
            if (figures.BaselineMean is { } baseline)
            {
                parts.Add(Invariant($"baseline={Wording.Score(baseline)} (n={figures.BaselineCount})"));
                parts.Add($"Δ={Signed(recent.Average() - baseline)}");
            }
        }

        yield return $"Reward: {string.Join("; ", parts)}";
    }

    private static IEnumerable<string> Tokens(LearningFigures figures) => figures.Tokens is { } tokens
        ? [Invariant($"Tokens: prompt={tokens.PromptTokens} completion={tokens.CompletionTokens} total={tokens.TotalTokens} calls={tokens.Calls}")]
        : [];

    private static IEnumerable<string> Usage(LearningFigures figures)
    {
        if (figures.Usage?.Session is { } seen && seen.CueHits + seen.ActionAdoptions > 0)
        {
            yield return Invariant($"Usage: cue_hits={seen.CueHits} (steps={seen.UniqueCueSteps.Length}); adoptions={seen.ActionAdoptions} ")
                + Invariant($"(success={seen.ActionAdoptions - seen.FailedAdoptions}, failed={seen.FailedAdoptions}) steps={seen.UniqueAdoptionSteps.Length}");
        }
    }

    private static IEnumerable<string> Notes(LearningFigures figures) =>
        figures.Notes.Select(note => $"Note: {Wording.OneLine(note, LongestNote)}");

    private static IEnumerable<string> Entries(LearningFigures figures)
    {
        var active = figures.Entries
            .Where(entry => (entry.Provenance?.Status?.Lifecycle ?? EntryLifecycle.Active) is EntryLifecycle.Active or EntryLifecycle.Provisional)
            .ToArray();
        if (active.Length > 0)
        {
            yield return "Active Entries:";
        }

        foreach (var entry in active)
        {
            yield return Entry(entry);
        }
    }

    private static string Entry(PlaybookEntry entry)
    {
        var line = new StringBuilder($"  {entry.Id}{(entry.Action.RuntimeHandle is { } handle ? $" [{handle}]" : "")}: {Wording.OneLine(entry.Action.Imperative, 120)}");
        if (entry.Impact is not { SessionsObserved: > 0 } impact)
        {
            return line.ToString();
        }

        line.Append(Invariant($"; cue_hits={impact.TotalCueHits}; adoptions={impact.SuccessfulAdoptions}/{impact.TotalAdoptions}"));
        if (Mean(impact.RewardWithSum, impact.RewardWithCount) is { } with && Mean(impact.RewardWithoutSum, impact.RewardWithoutCount) is { } without)
        {
            line.Append($"; reward_with={Wording.Score(with)} without={Wording.Score(without)} (Δ{Signed(with - without)})");
        }

        if (Mean(impact.TokensWithSum, impact.TokensWithCount) is { } spent
            && Mean(impact.TokensWithoutSum, impact.TokensWithoutCount) is { } otherwise
            && Math.Abs(spent - otherwise) >= NotableTokens)
        {
            line.Append(Invariant($"; tokens Δ{spent - otherwise:+0;-0}"));
        }

        return line.ToString();
    }

    private static IEnumerable<string> Failures(LearningFigures figures) => figures.Rejected > 0
        ? [Invariant($"Recent Failures: rejected={figures.Rejected} (latest: {figures.RejectedAt ?? "unknown"})")]
        : [];

    private static double? Mean(double sum, long count) => count == 0 ? null : sum / count;

    private static string Signed(double value) => value.ToString("+0.00;-0.00;+0.00", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
