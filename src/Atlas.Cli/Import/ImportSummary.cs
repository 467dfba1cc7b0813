using System.Globalization;
using Atlas.Cli.Output;

namespace Atlas.Cli.Import;

/// <summary>Prints an import in a few lines for people, or as a document.</summary>
internal static class ImportSummary
{
    private const int BadRecordsShown = 20;

    public static void Write(ImportReport report, bool asJson, Terminal terminal)
    {
        foreach (var bad in report.Bad.Take(BadRecordsShown))
        {
            terminal.Say($"record {bad.Index}: {bad.Reason}{(bad.Line is { } line ? $" (line {Wording.Number(line)})" : "")}");
        }

        if (report.Bad.Count > BadRecordsShown)
        {
            terminal.Say($"… and {report.Bad.Count - BadRecordsShown} more (--json lists all of them).");
        }

        if (asJson)
        {
            terminal.Json(report);
            return;
        }

        WriteFigures(report, terminal);
        foreach (var advice in Advice(report))
        {
            terminal.Say(advice);
        }
    }

    private static void WriteFigures(ImportReport report, Terminal terminal)
    {
        terminal.Data($"{report.Source} → {report.LearningKey}");
        terminal.Data($"  imported       {Wording.Count(report.Imported, "session")}");
        terminal.Data($"  already there  {Wording.Count(report.AlreadyThere, "session")}");
        terminal.Data($"  bad records    {report.Bad.Count}");
        terminal.Data($"  mean reward    {Wording.Score(report.MeanReward)}{(report.Unscored > 0 ? $" ({Wording.Number(report.Unscored)} without a reward)" : "")}");
        terminal.Data(string.Create(
            CultureInfo.InvariantCulture, $"  speed          {report.SessionsPerSecond:0.#} sessions/s ({report.Seconds:0.0} s)"));
        terminal.Data(report is { PlaybookVersion: { } version, SessionsApplied: { } applied }
            ? $"  playbook       version {Wording.Number(version)}, learned from {Wording.Count(applied, "session")}"
            : $"  playbook       unknown; see it with `atlas playbook show {ShellWord.Of(report.LearningKey)}`");
    }

    private static IEnumerable<string> Advice(ImportReport report)
    {
        if (report.Mended > 0)
        {
            yield return $"{Wording.Count(report.Mended, "record")} had incomplete characters, which were replaced with U+FFFD.";
        }

        if (report.LearningIsOff)
        {
            yield return "None of these sessions teaches, because updates are off. Set learning.enabled and learning.update_enabled to true in the silo's "
                + "configuration and restart it. Sessions imported after that teach.";
        }
        else if (report.Imported > 0 && report is { SessionsApplied: 0, Pending: 0, AwaitApproval: > 0 })
        {
            yield return "None of these sessions teaches, because none is approved. Give --approve to approve sessions as you import them.";
        }

        if (report.Unscored > 0 && report.Imported > 0)
        {
            yield return $"{Wording.Count(report.Unscored, "session")} came without a reward: {(report.Unscored == 1 ? "it waits" : "they wait")} "
                + "for a judge, if the configuration names one (rim), or for a reviewer (`atlas review next`).";
        }

        if (report.Pending is { } pending and > 0)
        {
            yield return $"{Wording.Count(pending, "session")} still {(pending == 1 ? "waits" : "wait")} for the next synthesis. "
                + $"See when it is done with `atlas playbook show {ShellWord.Of(report.LearningKey)}`.";
        }
    }
}
