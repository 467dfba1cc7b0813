using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;

namespace Atlas.Cli.Environments;

/// <summary><c>atlas env list</c></summary>
internal sealed class EnvListCommand : AtlasCommand
{
    private readonly Option<int?> _limit = CommonOptions.Number("--limit", "Maximum number of runs, newest first.", 1, 1_000_000, 20);
    private readonly Option<bool> _json = CommonOptions.Json();

    public EnvListCommand(CommandContext context)
        : base(context, "list", "List the discovery runs in the database.")
    {
        Add(_limit);
        Add(_json);
        Examples = ["atlas env list", "atlas env list --limit 5 --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var limit = arguments.GetRequiredValue(_limit)!.Value;
        var runs = await new DatabaseAccess(Context).ReadAsync(source => source.Discovery.ListAsync(null, limit, cancellation));
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(runs.Select(run => new { run.Id, run.ProjectRoot, run.Task, run.Source, run.Fingerprint, run.CreatedAt }));
        }
        else if (runs.IsEmpty)
        {
            Context.Terminal.Say("No environment has been discovered yet. Discover one with `atlas env init`.");
        }
        else
        {
            Context.Terminal.Table(
                [new("id", IsNumber: true), new("source"), new("fingerprint"), new("created"), new("project"), new("task", Wraps: true)],
                runs.Select(run => (IReadOnlyList<string>)
                [
                    Wording.Number(run.Id), run.Source, Wording.Hash(run.Fingerprint), Wording.Time(run.CreatedAt), run.ProjectRoot, Wording.OneLine(run.Task, 60),
                ]));
        }

        return ExitCode.Ok;
    }
}
