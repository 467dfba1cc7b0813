using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;

namespace Atlas.Cli.Reports;

/// <summary><c>atlas report</c></summary>
internal sealed class ReportCommand : AtlasCommand
{
    private readonly ReportArguments _arguments = new();
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Write the files without printing anything." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public ReportCommand(CommandContext context)
        : base(context, "report", "Report what sessions earned and whether the playbook helps, as JSON, Markdown and an HTML page with charts.")
    {
        _arguments.AddTo(this);
        Add(_quiet);
        Add(_json);
        Examples =
        [
            "atlas report",
            "atlas report --key tau/airline --recent-window 20 --output-dir reports",
            "atlas report --key shop/new --against shop/old --json",
            "atlas report --key alfworld --arm import.arm=reflexion --against-tag import.arm=base",
            "atlas report --compare-to results/last-week/index.json --output-dir results/this-week",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var request = _arguments.Read(arguments);
        var context = _arguments.Database(arguments) is { } named
            ? Context with { Caller = Context.Caller with { DatabaseUrl = named } }
            : Context;
        var quiet = arguments.GetValue(_quiet);
        var outcome = await new DatabaseAccess(context).ReadAsync(
            source => new ReportRun(context, source.Reports, source.Playbooks, source.Findings, request, quiet)
                .RunAsync(cancellation));
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(outcome.Index);
        }
        else if (!quiet)
        {
            ReportSheet.Write(outcome, Context.Terminal);
        }

        return ExitCode.Ok;
    }
}
