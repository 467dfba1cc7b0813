using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Up;

namespace Atlas.Cli.Status;

/// <summary><c>atlas status</c></summary>
internal sealed class StatusCommand : AtlasCommand
{
    private const int MostAlarms = 100;

    private readonly Option<bool> _json = CommonOptions.Json();

    public StatusCommand(CommandContext context)
        : base(context, "status", "Show the silos and the database of this workspace and whether they are healthy. Exits with 3 if nothing healthy is running.")
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
            Running = database is { Reachable: true } && silos.Any(silo => silo.Health is "healthy" or "degraded"),
            Silos = silos,
            Database = database,
            Alarms = database is { Reachable: true } ? await AlarmsAsync(cancellation) : [],
        };
    }

    private async Task<IReadOnlyList<string>> AlarmsAsync(CancellationToken cancellation)
    {
        try
        {
            return await new DatabaseAccess(Context).ReadAsync(source => source.AlarmsAsync(MostAlarms, cancellation));
        }
        catch (CommandFailedException)
        {
            // A database without Atlas tables has no keys, and an unavailable one has already been reported.
            return [];
        }
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

        foreach (var key in report.Alarms)
        {
            terminal.Data($"alarm     {key}: rewards have dropped; see `atlas report --key {ShellWord.Of(key)}`");
        }

        if (!report.Running)
        {
            terminal.Say(report is { Database: null, Silos.Count: 0 }
                ? "Nothing has been started here yet. Start Atlas with `atlas up --detach`."
                : "Atlas is not healthy here. Start what is missing with `atlas up`.");
        }
    }
}
