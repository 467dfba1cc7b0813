using System.CommandLine;
using System.CommandLine.Parsing;

namespace Atlas.Cli.Invocation;

/// <summary>Finds mistyped options that the parser took for arguments: no learning key is called <c>--jsn</c>.</summary>
internal static class StrayOptions
{
    /// <summary>A sentence for each of them. What stands behind <c>--</c> is meant as it is.</summary>
    public static IReadOnlyList<string> In(ParseResult parsed, string[] arguments)
    {
        // Help is shown whatever else stands there.
        if (parsed.Action is ExampleHelp)
        {
            return [];
        }

        var before = arguments.TakeWhile(argument => argument != "--").ToHashSet(StringComparer.Ordinal);
        return
        [
            .. parsed.CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(argument => argument.Tokens)
                .Select(token => token.Value)
                .Where(value => value.StartsWith("--", StringComparison.Ordinal) && value.Length > 2 && before.Contains(value))
                .Distinct(StringComparer.Ordinal)
                .Select(value => $"'{value}' is no option of '{parsed.CommandResult.Command.Name}'."),
        ];
    }
}
