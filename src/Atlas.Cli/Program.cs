using Atlas.Cli.Doctor;
using Atlas.Cli.Import;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks;
using Atlas.Cli.Quickstart;
using Atlas.Cli.Sessions;
using Atlas.Cli.Status;
using Atlas.Cli.Testing;
using Atlas.Cli.Up;
using Atlas.Cli.Workspace;

namespace Atlas.Cli;

internal static class Program
{
    private static Task<int> Main(string[] arguments)
    {
        var terminal = Terminal.ForProcess();
        var caller = CallerSettings.FromEnvironment();
        return new AtlasProgram(() => CreateRoot(terminal, caller), terminal, caller).RunAsync(arguments);
    }

    private static AtlasRootCommand CreateRoot(Terminal terminal, CallerSettings caller)
    {
        var repository = Repository.Find(AppContext.BaseDirectory);
        var home = AtlasHome.Find(
            Environment.GetEnvironmentVariable(AtlasHome.Variable), Directory.GetCurrentDirectory(), repository.Root);
        var context = new CommandContext(terminal, home, repository, caller, TimeProvider.System);
        return new AtlasRootCommand(
            new QuickstartCommand(context),
            new UpCommand(context),
            new DownCommand(context),
            new StatusCommand(context),
            new DoctorCommand(context),
            new CommandGroup(
                "import",
                "Bring in recorded agent runs as sessions.",
                new TauBenchCommand(context),
                new AlfworldCommand(context)),
            new CommandGroup(
                "session",
                "See sessions and what was recorded of them.",
                new SessionListCommand(context),
                new SessionShowCommand(context)),
            new CommandGroup(
                "playbook",
                "See what learning keys have learned.",
                new PlaybookListCommand(context),
                new PlaybookShowCommand(context),
                new PlaybookHistoryCommand(context),
                new PlaybookResolveCommand(context)),
            new TestCommand(context));
    }
}
