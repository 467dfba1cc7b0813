using System.CommandLine;
using System.CommandLine.Parsing;
using Atlas.Cli.Output;

namespace Atlas.Cli.Invocation;

/// <summary>Says what is wrong with a command line.</summary>
internal static class UsageReport
{
    private const string MissingCommand = "Required command was not provided.";

    /// <summary>Writes it, and returns what is wrong in one line.</summary>
    public static string Write(ParseResult parsed, Terminal terminal)
    {
        // The parser reports a mistyped command as a missing one, too.
        var messages = parsed.Errors.Select(error => error.Message).Distinct().ToList();
        if (messages.Count > 1)
        {
            messages.Remove(MissingCommand);
        }

        return Write(parsed, [.. messages.Select(message => message == MissingCommand ? Choice(parsed.CommandResult.Command) : message)], terminal);
    }

    /// <summary>Writes what is wrong and where to read on, and returns it in one line.</summary>
    public static string Write(ParseResult parsed, IReadOnlyList<string> sentences, Terminal terminal)
    {
        foreach (var sentence in sentences)
        {
            terminal.Say(sentence);
        }

        terminal.Say($"See: {Path(parsed.CommandResult)} --help");
        return string.Join(' ', sentences);
    }

    private static string Choice(Command group) =>
        $"'{group.Name}' needs one of: {string.Join(", ", group.Subcommands.Where(command => !command.Hidden).Select(command => command.Name))}.";

    private static string Path(CommandResult innermost)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = innermost; result is not null; result = result.Parent)
        {
            if (result is CommandResult command)
            {
                names.Push(command.Command is RootCommand ? "atlas" : command.Command.Name);
            }
        }

        return string.Join(' ', names);
    }
}
