using System.CommandLine;
using System.CommandLine.Parsing;
using Atlas.Cli.Output;

namespace Atlas.Cli.Invocation;

/// <summary>Reports what is wrong with a command line.</summary>
internal static class UsageReport
{
    // The parser's own message.
    private const string MissingCommand = "Required command was not provided.";
    private const string MissingArgument = "Required argument ";

    /// <summary>Writes the report, and returns what is wrong in one line.</summary>
    public static string Write(ParseResult parsed, Terminal terminal)
    {
        // The parser reports a mistyped command as a missing one, too.
        var messages = parsed.Errors.Select(error => error.Message).Distinct().ToList();
        if (messages.Count > 1)
        {
            messages.Remove(MissingCommand);
        }

        return Write(parsed, [.. messages.Select(message => InOurWords(message, parsed.CommandResult)).Distinct()], terminal);
    }

    /// <summary>Writes what is wrong and where to read more, and returns it in one line.</summary>
    public static string Write(ParseResult parsed, IReadOnlyList<string> sentences, Terminal terminal)
    {
        foreach (var sentence in sentences)
        {
            terminal.Say(sentence);
        }

        terminal.Say($"See: {UnknownWords.PathOf(parsed.CommandResult)} --help");
        return string.Join(' ', sentences);
    }

    private static string InOurWords(string message, CommandResult innermost)
    {
        var (command, path) = (innermost.Command, UnknownWords.PathOf(innermost));
        if (message == MissingCommand)
        {
            return $"'{path}' needs one of: {string.Join(", ", command.Subcommands.Where(inner => !inner.Hidden).Select(inner => inner.Name))}.";
        }

        var missing = message.StartsWith(MissingArgument, StringComparison.Ordinal)
            ? command.Arguments.FirstOrDefault(argument =>
                argument.Arity.MinimumNumberOfValues > (innermost.GetResult(argument)?.Tokens.Count ?? 0))
            : null;
        return missing is null ? message : $"'{path}' needs {missing.Name}: {missing.Description}";
    }
}
