using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Testing;
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
            new TestCommand(context));
    }
}
