using System.Globalization;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Cli.Run.Console;
using Atlas.Cli.Run.Report;
using Atlas.Domain;
using Atlas.Runtime;

namespace Atlas.Cli.Run;

/// <summary>Prints the result of a run, for people.</summary>
internal static class RunSheet
{
    public static void Write(RunReport report, LearningFigures figures, bool isStreaming, Terminal terminal)
    {
        if (report.Answer.Length > 0)
        {
            terminal.Data(report.Answer);
            terminal.Data();
        }

        terminal.Data($"session   {report.SessionId}, {report.Status.ToWire()}{(report.ExecutionMode is { } mode ? $", {mode}" : "")}");
        terminal.Data($"reward    {(report.Reward is { } reward ? RewardText.Of(reward) : $"none{(report.RewardAbsent is { } why ? $"; {why}" : "")}")}");
        var spent = report.CostUsd.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", ${report.CostUsd.Values.Sum():0.0000}");
        terminal.Data(string.Create(CultureInfo.InvariantCulture, $"cost      {report.TotalTokens} tokens{spent}, {report.DurationSeconds:0.0} s"));
        terminal.Data($"learning  {Learning(report)}");
        terminal.Data($"playbook  {Playbook(report)}");
        foreach (var warning in report.Warnings)
        {
            terminal.Data($"warning   {warning}");
        }

        if (report.Learned is { } learned)
        {
            terminal.Data();
            terminal.Data("What was learned", Tint.Heading);
            DifferenceSheet.Write(learned, terminal);
        }

        var summary = LearningSummary.Lines(figures, isStreaming);
        if (summary.Count > 0)
        {
            terminal.Data();
            foreach (var line in summary)
            {
                terminal.Data(line);
            }
        }
    }

    private static string Learning(RunReport report)
    {
        var standing = report.Learning switch
        {
            LearningStanding.Applied => "counted, and teaches",
            LearningStanding.Observed => "counted, but does not teach",
            LearningStanding.Queued => "will be counted when its learning key can be reached",
            LearningStanding.Judging => "will be counted when it is judged",
            LearningStanding.Off => "not counted",
            _ => "unknown",
        };
        return $"{standing}{(report.ReviewStatus is { } review ? $"; review {review.ToWire()}" : "")}{(report.LearningReason is { } reason ? $"; {reason}" : "")}";
    }

    private static string Playbook(RunReport report)
    {
        var before = Stamp(report.PlaybookBefore);
        var kept = report.PlaybookApplied ? "" : " (kept out of the prompts)";
        return report.PlaybookAfter is not { } after ? $"{before}{kept}; the current version is unknown"
            : after == report.PlaybookBefore ? $"{before}{kept}, before and after"
            : $"{before}{kept} before, {Stamp(after)} after";
    }

    private static string Stamp(PlaybookStamp stamp) => stamp.Version == 0
        ? "nothing learned"
        : $"version {stamp.Version} ({Wording.Hash(stamp.StudentSha256 ?? stamp.TeacherSha256)})";
}
