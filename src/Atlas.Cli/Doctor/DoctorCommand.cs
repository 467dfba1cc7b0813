using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Doctor;

/// <summary><c>atlas doctor</c></summary>
internal sealed class DoctorCommand : AtlasCommand
{
    private readonly Option<bool> _json = CommonOptions.Json();

    public DoctorCommand(CommandContext context)
        : base(context, "doctor", "Check everything that Atlas needs, and say what to do where something is wrong.")
    {
        Add(_json);
        Examples = ["atlas doctor"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var check in Checks())
        {
            findings.AddRange(await check.RunAsync(cancellation));
        }

        var report = new DoctorReport(findings.TrueForAll(finding => finding.Verdict != Verdict.Problem), findings);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(report);
        }
        else
        {
            Show(report);
        }

        return report.Healthy ? ExitCode.Ok : ExitCode.Failed;
    }

    private IEnumerable<ICheck> Checks() =>
    [
        new SdkCheck(Context.Repository),
        new PostgresProgramsCheck(Context),
        new DiskSpaceCheck(Context.Home),
        new PortsCheck(Context.Home),
        new DatabaseCheck(Context),
        new SilosCheck(Context.Home),
    ];

    private void Show(DoctorReport report) => Context.Terminal.Table(
        [new Column("check"), new Column("verdict"), new Column("found", Wraps: true), new Column("what to do", Wraps: true)],
        report.Checks.Select(finding => (IReadOnlyList<string>)
        [
            finding.Check,
            finding.Verdict.ToString().ToLowerInvariant(),
            finding.Detail,
            finding.Advice ?? "",
        ]));
}
