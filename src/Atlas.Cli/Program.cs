using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Workspace;

namespace Atlas.Cli;

internal static class Program
{
    private static Task<int> Main(string[] arguments)
    {
        var terminal = Terminal.ForProcess();
        var caller = CallerSettings.FromEnvironment();
        return new AtlasProgram(() => CommandTree.Create(CreateContext(terminal, caller)), terminal, caller).RunAsync(arguments);
    }

    private static CommandContext CreateContext(Terminal terminal, CallerSettings caller)
    {
        var repository = Repository.Find(AppContext.BaseDirectory);
        var here = Directory.GetCurrentDirectory();
        var home = AtlasHome.Find(
            Environment.GetEnvironmentVariable(AtlasHome.Variable), here, repository.IsInstalled ? here : repository.Root);
        return new CommandContext(terminal, home, repository, caller, TimeProvider.System);
    }
}
