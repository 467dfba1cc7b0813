using System.CommandLine;
using System.Globalization;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Export;

/// <summary><c>atlas export</c></summary>
internal sealed class ExportCommand : AtlasCommand
{
    private readonly ExportArguments _arguments = new();
    private readonly ExportSelection _selection = new();
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Write the file without printing anything." };
    private readonly Option<bool> _json = CommonOptions.Json();

    public ExportCommand(CommandContext context)
        : base(context, "export", "Export sessions for training as JSONL or Parquet. By default, only approved sessions are exported.")
    {
        _arguments.AddTo(this);
        _selection.AddTo(this);
        Add(_quiet);
        Add(_json);
        Examples =
        [
            "atlas export --output sessions.jsonl",
            "atlas export --output airline.parquet --key tau/airline --min-reward 0.8",
            "atlas export --output all.jsonl --include-all-statuses --trajectory-event-limit 1000",
            "atlas export --output some.jsonl --session-id 7 --session-id 12 --include-status pending",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var request = _arguments.Read(arguments, _selection.Read(arguments, Context.Terminal));
        var context = request.Database is { } named ? Context with { Caller = Context.Caller with { DatabaseUrl = named } } : Context;
        var quiet = arguments.GetValue(_quiet);
        var report = await new DatabaseAccess(context).ReadAsync(
            source => new ExportRun(context, source.Training, request, quiet).RunAsync(cancellation));
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(report);
        }
        else if (!quiet)
        {
            var summary = string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Output}: {Wording.Count(report.Sessions, "session")}, {Wording.Count(report.Steps, "step")}, review statuses: {(report.ReviewStatuses.IsEmpty ? "all" : string.Join(", ", report.ReviewStatuses))}");
            if (WholeFile.IsDevice(Path.GetFullPath(report.Output)))
            {
                // The sessions themselves may be on standard output.
                Context.Terminal.Say(summary);
            }
            else
            {
                Context.Terminal.Data(summary);
            }
        }

        if (report.Sessions == 0 && !quiet)
        {
            Context.Terminal.Say("No session matches, so the file is empty. Give --include-all-statuses to include sessions that nobody approved.");
        }

        return report.Sessions == 0 ? ExitCode.Failed : ExitCode.Ok;
    }
}
