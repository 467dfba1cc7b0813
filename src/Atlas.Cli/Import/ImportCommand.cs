using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Contracts.Review;
using Atlas.Import;

namespace Atlas.Cli.Import;

/// <summary>What the imports have in common; a derived command knows the format.</summary>
internal abstract class ImportCommand : AtlasCommand
{
    private const int MostConcurrency = 256;
    private const int BadRecordsShown = 20;

    private readonly Option<string> _key = new("--key")
    {
        Description = "The learning key that these sessions teach.",
        HelpName = "KEY",
        Required = true,
    };

    private readonly Option<int?> _limit = CommonOptions.Number(
        "--limit", "Import at most this many records of the source.", 1, int.MaxValue, null);

    private readonly Option<int?> _concurrency = CommonOptions.Number(
        "--concurrency", "Sessions that are written at the same time.", 1, MostConcurrency, 8);

    private readonly Option<bool> _approve = new("--approve")
    {
        Description = "Mark the sessions imported now as reviewed and approved; those already there stay as they are.",
    };

    private readonly Option<string?> _reviewer = new("--reviewer")
    {
        Description = "Who approves; with --approve. Default: the current user.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    protected ImportCommand(CommandContext context, string name, string description)
        : base(context, name, description)
    {
        Add(_key);
        Add(_limit);
        Add(_concurrency);
        Add(_approve);
        Add(_reviewer);
        Add(_json);
        Validators.Add(result =>
        {
            if (result.GetResult(_reviewer) is not null && result.GetResult(_approve) is null)
            {
                result.AddError("--reviewer says who approves; it needs --approve.");
            }

            if (result.GetResult(_key) is { } key && key.Tokens.Count == 1 && string.IsNullOrWhiteSpace(key.Tokens[0].Value))
            {
                result.AddError("--key is blank; give a learning key such as tau/airline.");
            }
        });
    }

    /// <summary>The source that the command line names: its path.</summary>
    /// <exception cref="CommandFailedException">There is no such file or folder.</exception>
    protected abstract string SourceOf(ParseResult arguments);

    protected abstract IAsyncEnumerable<RunOrError> Read(string source, CancellationToken cancellation);

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var source = SourceOf(arguments);
        var sourceName = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(source)));
        var settings = new ImportSettings(
            arguments.GetRequiredValue(_key),
            arguments.GetRequiredValue(_concurrency)!.Value,
            arguments.GetValue(_limit),
            arguments.GetValue(_approve)
                ? new ReviewDecision(
                    "approved",
                    arguments.GetValue(_reviewer) ?? Context.Caller.User,
                    $"Approved as a whole when {sourceName} was imported.")
                : null);
        await using var client = await new ClusterAccess(Context).ConnectAsync(linksDiscovery: false, cancellation);
        var report = await new ImportRun(Context, client, settings).RunAsync(Read(source, cancellation), sourceName, cancellation);
        Show(report, arguments.GetValue(_json));
        return report.Bad.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private void Show(ImportReport report, bool asJson)
    {
        foreach (var bad in report.Bad.Take(BadRecordsShown))
        {
            Context.Terminal.Say($"record {bad.Index}: {bad.Reason}");
        }

        if (report.Bad.Count > BadRecordsShown)
        {
            Context.Terminal.Say($"… and {report.Bad.Count - BadRecordsShown} more (all of them with --json).");
        }

        if (asJson)
        {
            Context.Terminal.Json(report);
        }
        else
        {
            ImportSummary.Write(report, Context.Terminal);
        }
    }
}
