using System.CommandLine;
using System.CommandLine.Parsing;
using Atlas.Cli.Output;
using Atlas.Configuration.Schema;

namespace Atlas.Cli.Invocation;

/// <summary>Finds the unknown words of a command line, and guesses what was meant. They include mistyped options that the parser took for
/// arguments: no learning key is called <c>--jsn</c>.</summary>
internal static class UnknownWords
{
    private const int MostElsewhere = 3;

    /// <summary>Returns a message for each of them. What follows <c>--</c> is taken literally.</summary>
    public static IReadOnlyList<string> In(ParseResult parsed, string[] arguments)
    {
        // Help is shown whatever else is on the command line.
        if (parsed.Action is ExampleHelp)
        {
            return [];
        }

        var command = parsed.CommandResult;
        var unknown = parsed.UnmatchedTokens.Select(token => Whole(token, arguments)).Concat(command.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens)
            .Select(token => token.Value)
            .Where(IsLongOption)).ToHashSet(StringComparer.Ordinal);
        var sentences = new List<string>();
        var isValue = false;
        foreach (var word in arguments.TakeWhile(argument => argument != "--").Where(unknown.Contains).Distinct(StringComparer.Ordinal))
        {
            if (word.Length > 1 && word[0] == '-')
            {
                sentences.Add(Option(word, command));
                isValue = !word.Contains('=', StringComparison.Ordinal);
            }
            else if (!isValue)
            {
                sentences.Add(command.Command.Subcommands.Any(inner => !inner.Hidden) ? CommandWord(word, command) : Surplus(word, command));

                // What follows a mistyped command belongs to it.
                break;
            }
        }

        return sentences;
    }

    /// <summary>Returns the words that lead to a command, the program's name first.</summary>
    public static string PathOf(CommandResult innermost)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = innermost; result is not null; result = result.Parent)
        {
            if (result is CommandResult command)
            {
                names.Push(NameOf(command.Command));
            }
        }

        return string.Join(' ', names);
    }

    // The parser takes `-d` from `-detach` and leaves the rest.
    private static string Whole(string token, string[] arguments) => arguments.Contains(token, StringComparer.Ordinal)
        ? token
        : arguments.FirstOrDefault(argument => argument.StartsWith('-') && argument.EndsWith(token, StringComparison.Ordinal)) ?? token;

    private static bool IsLongOption(string word) => word.Length > 2 && word.StartsWith("--", StringComparison.Ordinal);

    private static string Option(string word, CommandResult command)
    {
        var name = word.Split('=', 2)[0];
        return $"'{name}' is not an option of '{PathOf(command)}'{Meant(Suggestion.For(name, OptionsOf(command)))}";
    }

    private static string CommandWord(string word, CommandResult command)
    {
        var here = command.Command.Subcommands.Where(inner => !inner.Hidden).Select(inner => inner.Name).ToList();
        var known = here.Concat(OptionsOf(command).Where(option => string.Equals(option, "--" + word, StringComparison.OrdinalIgnoreCase)));
        var start = $"'{word}' is not a command of '{PathOf(command)}'";
        if (Suggestion.For(word, known) is { } near)
        {
            return start + Meant(near);
        }

        var elsewhere = Paths(Root(command)).Where(path => path.EndsWith(" " + word, StringComparison.OrdinalIgnoreCase)).Take(MostElsewhere).ToList();
        return elsewhere.Count > 0
            ? $"{start}; did you mean {Wording.Either([.. elsewhere.Select(path => $"'{path}'")])}?"
            : command.Parent is null ? start + "." : $"{start}. The commands are {string.Join(", ", here)}.";
    }

    private static string Surplus(string word, CommandResult command) => command.Command.Arguments.Count == 0
        ? $"'{PathOf(command)}' takes no arguments, but got '{word}'."
        : $"'{PathOf(command)}' has no place for the argument '{word}'.";

    private static string Meant(string? near) => near is null ? "." : $"; did you mean '{near}'?";

    // Options of parent commands count too if they are recursive.
    private static IEnumerable<string> OptionsOf(CommandResult command)
    {
        for (SymbolResult? result = command; result is not null; result = result.Parent)
        {
            foreach (var option in result is CommandResult above ? above.Command.Options : [])
            {
                if (!option.Hidden && (result == command || option.Recursive))
                {
                    yield return option.Name;
                }
            }
        }
    }

    private static Command Root(CommandResult command)
    {
        SymbolResult result = command;
        while (result.Parent is { } above)
        {
            result = above;
        }

        return ((CommandResult)result).Command;
    }

    private static IEnumerable<string> Paths(Command above) => above.Subcommands.Where(command => !command.Hidden)
        .SelectMany(command => Paths(command).Prepend(command.Name))
        .Select(path => above is RootCommand ? $"{NameOf(above)} {path}" : $"{above.Name} {path}");

    private static string NameOf(Command command) => command is RootCommand ? "atlas" : command.Name;
}
