using System.CommandLine;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Tests.Harness;

/// <summary>The program within the test's process: for what a command does, where it does not matter how its process lives.</summary>
internal static class InProcess
{
    /// <summary>Runs a command line.</summary>
    /// <param name="home">The workspace.</param>
    /// <param name="arguments">The command line, without the program's name.</param>
    public static Task<CommandResult> RunAsync(string home, params string[] arguments) =>
        RunAsync(home, new CallerSettings { User = "tester", Editor = "true" }, arguments);

    /// <summary>Runs a command line.</summary>
    /// <param name="home">The workspace.</param>
    /// <param name="caller">What the environment says.</param>
    /// <param name="arguments">The command line, without the program's name.</param>
    public static async Task<CommandResult> RunAsync(string home, CallerSettings caller, string[] arguments)
    {
        using var data = new StringWriter();
        using var talk = new StringWriter();
        var terminal = new Terminal(data, talk, dataIsTerminal: false, talkIsTerminal: false, colours: false);
        var code = await new AtlasProgram(() => CommandTree.Create(Context(home, terminal, caller)), terminal, caller).RunAsync(arguments);
        return new CommandResult(code, data.ToString(), talk.ToString());
    }

    /// <summary>All commands with the words that lead to them; the root is not among them.</summary>
    public static IReadOnlyList<(string[] Path, Command Command)> Commands()
    {
        var terminal = new Terminal(TextWriter.Null, TextWriter.Null, dataIsTerminal: false, talkIsTerminal: false, colours: false);
        var root = CommandTree.Create(Context(System.IO.Path.GetTempPath(), terminal, new CallerSettings { User = "tester" }));
        return [.. root.Subcommands.SelectMany(command => Below([], command))];
    }

    private static IEnumerable<(string[] Path, Command Command)> Below(string[] above, Command command)
    {
        string[] path = [.. above, command.Name];
        return command.Subcommands.SelectMany(inner => Below(path, inner)).Prepend((path, command));
    }

    /// <summary>What the commands of a workspace use.</summary>
    public static CommandContext Context(string home, Terminal terminal, CallerSettings caller) =>
        new(terminal, new AtlasHome(home), Repository.Find(AppContext.BaseDirectory), caller, TimeProvider.System);
}
