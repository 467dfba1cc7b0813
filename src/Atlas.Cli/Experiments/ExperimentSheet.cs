using System.Globalization;
using Atlas.Cli.Output;
using Atlas.Domain;
using Atlas.Domain.Experiments;

namespace Atlas.Cli.Experiments;

/// <summary>Prints an experiment for people.</summary>
internal static class ExperimentSheet
{
    public static void Write(ExperimentReport report, Terminal terminal)
    {
        terminal.Data(string.Create(CultureInfo.InvariantCulture, $"experiment {report.Number}: {report.Plan.Arms}"));
        terminal.Data($"status     {Status(report)}");
        terminal.Data(string.Create(CultureInfo.InvariantCulture,
            $"arms       {report.Plan.Share * 100:0.#} % of sessions in the new arm{(report.Plan.MaxSessions is { } most ? $", at most {Wording.Count(most, "session")} in both" : "")}"));
        terminal.Data($"started    {Wording.Time(report.StartedAt)} by {report.StartedBy}{(report.Reason is null ? "" : $": {report.Reason}")}");
        terminal.Data(report.Summary);
    }

    public static string Status(ExperimentReport report) => report.Status switch
    {
        ExperimentStatus.Decided when report.Decision is ExperimentDecision.GoOn => "all its sessions have ended without a verdict; stop it",
        ExperimentStatus.Decided => "decided; conclude it, or stop it",
        var status => status.ToWire(),
    };
}
