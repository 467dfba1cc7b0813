using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Run.Cluster;
using Atlas.Cli.Up;
using Atlas.Domain;
using Atlas.OrderDesk;
using Atlas.OrderDesk.Serving;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Configured;

namespace Atlas.Cli.Quickstart;

/// <summary><c>atlas quickstart</c></summary>
internal sealed class QuickstartCommand : AtlasCommand
{
    private const int MostTasks = 500;
    private const int UsualTasks = 6;

    private readonly Option<int?> _tasks = CommonOptions.Number("--tasks", "Number of tasks.", 1, MostTasks, UsualTasks);

    private readonly Option<string?> _config = CommonOptions.Text(
        "--config", "FILE", "A configuration with the models to use. Default: the model of the first key set among OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY and XAI_API_KEY.",
        "the name of a file");

    private readonly Option<bool> _offline = new("--offline") { Description = "Use scripted models, even if the environment has a key." };
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Start with a new learning key." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask before using a model that costs money." };
    private readonly Option<bool> _evidence = new("--evidence")
    {
        Description = "Instead, plant a harmful, a useless and a helpful entry, and watch a few hundred scripted sessions find out which is which.",
    };

    private readonly Option<bool> _keep = new("--keep") { Description = "Keep running until Ctrl+C, so that you can open the key in the console." };
    private readonly Option<bool> _json = CommonOptions.Json();
    private readonly PortOptions _ports = new();

    public QuickstartCommand(CommandContext context)
        : base(context, "quickstart", "Run an agent on related tasks one after another, and watch it get better.")
    {
        Add(_tasks);
        Add(_config);
        Add(_offline);
        Add(_fresh);
        Add(_yes);
        Add(_evidence);
        Add(_keep);
        Add(_json);
        _ports.AddTo(this);
        Examples = ["atlas quickstart", "atlas quickstart --tasks 12 --fresh", "atlas quickstart --offline --json", "atlas quickstart --keep", "atlas quickstart --evidence"];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var tasks = arguments.GetRequiredValue(_tasks)!.Value;
        var isJson = arguments.GetValue(_json);
        if (arguments.GetValue(_evidence))
        {
            DemandNoSilo();
            Environment.SetEnvironmentVariable(DeskConfiguration.KeyVariable, "desk");
            await new QuickstartEvidence(Context, isJson).RunAsync(
                arguments.GetResult(_tasks) is { Implicit: false } ? tasks : QuickstartEvidence.UsualSessions, _ports.Read(arguments), arguments.GetValue(_keep), cancellation);
            return ExitCode.Ok;
        }

        var models = QuickstartModels.Choose(
            arguments.GetValue(_config), arguments.GetValue(_offline), Environment.GetEnvironmentVariable);
        foreach (var line in models.Introduction(tasks))
        {
            Write(line, isJson);
        }

        DemandNoSilo();
        if (!models.AreScripted && !arguments.GetValue(_yes))
        {
            await ConfirmAsync(cancellation);
        }

        // The scripted models require a key like any other model, and accept any.
        Environment.SetEnvironmentVariable(DeskConfiguration.KeyVariable, "desk");
        await using var desk = await DeskServer.StartAsync(cancellationToken: cancellation);
        var configuration = WriteConfiguration(desk, models);
        await using var configured = await ConfiguredAsync(configuration, cancellation);
        await using var cluster = await BorrowedCluster.TakeAsync(
            Context, configuration, _ports.Read(arguments), keepDatabase: true, cancellation);
        var key = await QuickstartKey.ChooseAsync(cluster.Client, arguments.GetValue(_fresh), cancellation);
        var run = new QuickstartRun(Context, configured.Over(cluster.Client), desk.World, key, isJson);
        var rows = await run.WorkAsync(tasks, cancellation);
        var keeps = arguments.GetValue(_keep);
        var page = new QuickstartPage(Context, _ports.Read(arguments), key.Playbook.LearningKey, isJson);
        await new QuickstartEnding(Context, models, key, page.Address, isJson).TellAsync(rows, keeps, cancellation);
        if (keeps)
        {
            await page.KeepAsync(cancellation);
        }

        return rows.All(row => row.Status is SessionStatus.Succeeded) ? ExitCode.Ok : ExitCode.Failed;
    }

    // The models live in this process, so the command needs its own silo; one that serves others is left alone.
    private void DemandNoSilo()
    {
        if (new SiloRegister(Context.Home).Running() is [var silo, ..])
        {
            throw new CommandFailedException(
                ExitCode.Refused,
                $"{silo.Name} is running here (process {silo.Process.Pid}), and the quickstart needs a silo with its own configuration. Stop the running one with "
                + "`atlas down`, which keeps its data, or use another workspace, as in `ATLAS_HOME=/tmp/atlas-try atlas quickstart`.");
        }
    }

    private async Task ConfirmAsync(CancellationToken cancellation)
    {
        if (Console.IsInputRedirected || !Context.Terminal.ShowsProgress)
        {
            return;
        }

        Context.Terminal.TalkWriter.Write("Continue? [y/N] ");
        if ((await Keyboard.ReadAsync(Console.ReadLine, cancellation))?.Trim().ToLowerInvariant() is not ("y" or "yes"))
        {
            throw new CommandFailedException(ExitCode.Failed, "Nothing was done.");
        }
    }

    private RunConfiguration WriteConfiguration(DeskServer desk, QuickstartModels models)
    {
        var file = Path.Combine(Context.Home.Path, "quickstart", "atlas.yaml");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, new DeskConfiguration
        {
            Desk = desk.Address,
            Student = models.Student,
            Teacher = models.Teacher,
            Synthesizer = models.Synthesizer,
        }.ToYaml());
        return RunConfiguration.Demand(file, Context.Terminal);
    }

    private static async Task<ConfiguredRuntime> ConfiguredAsync(RunConfiguration configuration, CancellationToken cancellation)
    {
        try
        {
            return await ConfiguredRuntime.CreateAsync(configuration.Value, cancellationToken: cancellation);
        }
        catch (Exception cannot) when (cannot is AgentException or Models.Providers.ModelException)
        {
            throw new CommandFailedException(ExitCode.CannotStart, cannot.Message, cannot);
        }
    }

    private void Write(string line, bool isJson)
    {
        if (isJson)
        {
            Context.Terminal.Say(line);
        }
        else
        {
            Context.Terminal.Data(line);
        }
    }
}
