using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Up;

namespace Atlas.Cli.Status;

/// <summary><c>atlas status</c></summary>
internal sealed class StatusCommand : AtlasCommand
{
    private readonly Option<bool> _json = CommonOptions.Json();

    public StatusCommand(CommandContext context)
        : base(context, "status", "Show what runs, where, and how it is. Ends with 3 if nothing runs well.")
    {
        Add(_json);
        Examples = ["atlas status", "atlas status --json"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var report = await GatherAsync(cancellation);
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(report);
        }
        else
        {
            Show(report);
        }

        return report.Running ? ExitCode.Ok : ExitCode.NotRunning;
    }

    private async Task<StatusReport> GatherAsync(CancellationToken cancellation)
    {
        using var http = SiloHttp.Create();
        var silos = await Task.WhenAll(new SiloRegister(Context.Home).All()
            .Select(silo => SiloStatus.OfAsync(silo, http, cancellation)));
        var database = await new DatabaseHost(Context).StatusAsync(cancellation);
        return new StatusReport
        {
            Home = Context.Home.Path,
            Running = database is { Reachable: true } && silos.Any(silo => silo.Health == "healthy"),
            Silos = silos,
            Database = database,
        };
    }

    private void Show(StatusReport report)
    {
        var terminal = Context.Terminal;
        if (report.Database is { } database)
        {
            terminal.Data($"database  {database.Name} ({(database.Private ? "private PostgreSQL" : "PostgreSQL")}), "
                + (database.Reachable ? "reachable" : "not reachable"));
            if (database.Problem is { } problem)
            {
                terminal.Say(problem);
            }
        }

        if (report.Silos.Count > 0)
        {
            terminal.Table(
                [new("silo"), new("health"), new("process", IsNumber: true), new("clients"), new("silos"), new("http"), new("since")],
                report.Silos.Select(silo => (IReadOnlyList<string>)
                [
                    silo.Name,
                    silo.Health,
                    Wording.Number(silo.Pid),
                    silo.GatewayAddress,
                    silo.SiloAddress,
                    silo.HttpAddress,
                    Wording.Time(silo.StartedAt),
                ]));
        }

        if (!report.Running)
        {
            terminal.Say(report is { Database: null, Silos.Count: 0 }
                ? "Nothing has been started here yet; `atlas up --detach` starts Atlas."
                : "Atlas is not running well here; `atlas up` starts what is missing.");
        }
    }
}
