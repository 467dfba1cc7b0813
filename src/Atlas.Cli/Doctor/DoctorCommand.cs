using System.CommandLine;
using Atlas.Cli.Config;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Configuration;

namespace Atlas.Cli.Doctor;

/// <summary><c>atlas doctor</c></summary>
internal sealed class DoctorCommand : AtlasCommand
{
    private readonly Option<bool> _models = new("--models")
    {
        Description = "Instead of the other checks, try each configured language model with one small call. Calls can cost money.",
    };

    private readonly Option<bool> _ledger = new("--ledger")
    {
        Description = "Instead of the other checks, verify the ledger: journal, state, archive and registry of every key, and the hash of every event. Long journals take long.",
    };

    private readonly Option<string?> _config = CommonOptions.Text(
        "--config", "FILE", "With --models: the configuration with the models, a YAML or JSON file. Default: ATLAS_CONFIG.", "the name of a file");

    private readonly Option<bool> _json = CommonOptions.Json();

    public DoctorCommand(CommandContext context)
        : base(context, "doctor", "Check everything that Atlas needs, and print how to fix what is wrong.")
    {
        Add(_models);
        Add(_ledger);
        Add(_config);
        Add(_json);
        Validators.Add(result =>
        {
            if (result.GetValue(_config) is not null && !result.GetValue(_models))
            {
                result.AddError("--config needs --models.");
            }

            if (result.GetValue(_models) && result.GetValue(_ledger))
            {
                result.AddError("Give --models or --ledger, not both.");
            }
        });
        Examples = ["atlas doctor", "atlas doctor --ledger", "atlas doctor --models --config atlas.yaml"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var check in Chosen(arguments))
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

    private IEnumerable<ICheck> Chosen(ParseResult arguments) =>
        arguments.GetValue(_models) ? [Models(arguments.GetValue(_config))]
        : arguments.GetValue(_ledger) ? [new LedgerCheck(Context)]
        : Checks();

    private IEnumerable<ICheck> Checks() =>
    [
        // An installed tool builds nothing.
        .. Context.Repository.IsInstalled ? Array.Empty<ICheck>() : [new SdkCheck(Context.Repository)],
        new PostgresProgramsCheck(Context),
        new DiskSpaceCheck(Context.Home),
        new PortsCheck(Context.Home),
        new DatabaseCheck(Context),
        new SilosCheck(Context.Home),
    ];

    private ModelsCheck Models(string? named)
    {
        var file = named ?? Context.Caller.ConfigurationFile;
        var check = ConfigurationLoader.Check(new ConfigurationRequest
        {
            Files = file is null ? [] : [ConfigurationArguments.Existing(file)],
            Profile = ConfigurationProfile.Cluster,
        });
        ProblemSheet.Write(check, Context.Terminal);
        return check.Configuration is { } configuration
            ? new ModelsCheck(ConfiguredModels.Of(check), configuration.Models)
            : throw new CommandFailedException(ExitCode.Failed, "The configuration is not valid, so no model was tried. Correct the problems above first.");
    }

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
