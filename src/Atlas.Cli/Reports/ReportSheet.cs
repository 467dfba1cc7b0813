using System.Globalization;
using Atlas.Cli.Output;
using Atlas.Reports.Statistics;

namespace Atlas.Cli.Reports;

/// <summary>Prints the reports in a few lines each.</summary>
internal static class ReportSheet
{
    public static void Write(ReportOutcome outcome, Terminal terminal)
    {
        foreach (var report in outcome.Reports)
        {
            terminal.Data($"{report.LearningKey}: {report.Summary}", Tint.Heading);
            terminal.Data(string.Create(
                CultureInfo.InvariantCulture,
                $"  {Wording.Count(report.SessionCount, "session")}, mean reward {Wording.Score(report.Reward.OverallMean)}, recent {Wording.Score(report.Reward.RecentMean)}, baseline {Wording.Score(report.Reward.BaselineMean)}"));
            foreach (var comparison in report.Evidence.Comparisons)
            {
                terminal.Data($"  {Name(comparison)}: {comparison.Reason}");
            }

            foreach (var cache in report.PromptCaches)
            {
                terminal.Data($"  {CacheSheet.Line(cache)}");
            }

            foreach (var entry in report.Findings?.Entries ?? [])
            {
                terminal.Data($"  entry {entry.Id}: {Playbooks.FindingsSheet.Standing(entry)}");
            }

            foreach (var sentence in report.Judge?.Words(report.Reward.Delta) ?? [])
            {
                terminal.Data($"  {sentence}");
            }

            if (report.Evidence.Advice is { } advice)
            {
                terminal.Data($"  {advice}");
            }

            if (report.Evidence.RecordedSessions > 0)
            {
                terminal.Data($"  {report.Evidence.RecordedSessions} of these sessions were imported from elsewhere; this playbook had no effect on their outcomes");
            }

            var files = outcome.Index.Artifacts[report.LearningKey];
            terminal.Data($"  {string.Join(", ", ((string?[])[files.Json, files.Markdown]).OfType<string>().Select(file => Path.Combine(outcome.Directory, file)))}");
        }

        if (outcome.Index.KeysLeftOut > 0)
        {
            terminal.Data($"{Wording.Count(outcome.Index.KeysLeftOut, "more learning key has", "more learning keys have")} sessions and "
                + "no report here: the keys with the most sessions come first. Give --limit 0 to report all, or --key KEY for one of them");
        }

        if (outcome.Index.Html is { } page)
        {
            terminal.Data($"charts: {Path.Combine(outcome.Directory, page)}");
        }
    }

    private static string Name(RewardComparison comparison) => $"{comparison.Treatment.Label} against {comparison.Control.Label}";
}
