using System.Globalization;
using Atlas.Cli.Output;

namespace Atlas.Cli.Import;

/// <summary>An import in a few lines for people.</summary>
internal static class ImportSummary
{
    public static void Write(ImportReport report, Terminal terminal)
    {
        terminal.Data($"{report.Source} → {report.LearningKey}");
        terminal.Data($"  imported       {Wording.Count(report.Imported, "session")}");
        terminal.Data($"  already there  {Wording.Count(report.AlreadyThere, "session")}");
        terminal.Data($"  bad records    {report.Bad.Count}");
        terminal.Data($"  mean reward    {Wording.Score(report.MeanReward)}");
        terminal.Data(string.Create(
            CultureInfo.InvariantCulture, $"  speed          {report.SessionsPerSecond:0.#} sessions/s ({report.Seconds:0.0} s)"));
        terminal.Data($"  playbook       version {report.PlaybookVersion}, learned from {Wording.Count(report.SessionsApplied, "session")}");
        if (report.Imported > 0 && report is { SessionsApplied: 0, Pending: 0 })
        {
            terminal.Say("None of these sessions teaches: sessions teach once they are approved, which --approve does as it imports.");
        }

        if (report.Pending > 0)
        {
            terminal.Say($"{Wording.Count(report.Pending, "session")} still wait for the next synthesis; "
                + $"`atlas playbook show {report.LearningKey}` tells when it is done.");
        }
    }
}
