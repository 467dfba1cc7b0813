using System.CommandLine.Parsing;
using System.Globalization;

namespace Atlas.Cli.Sessions;

/// <summary>Session numbers on a command line.</summary>
internal static class SessionArgument
{
    /// <summary>The numbers; one that is none is refused with a sentence.</summary>
    public static long[] ReadNumbers(ArgumentResult result) => [.. result.Tokens.Select(token => ReadNumber(token.Value, result)).Distinct()];

    /// <summary>What to say if there is no such session.</summary>
    public static string Unknown(long id) => $"There is no session {id}; `atlas session list` shows those there are.";

    private static long ReadNumber(string text, ArgumentResult result)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
        {
            return id;
        }

        result.AddError($"'{text}' is no session number; session numbers are whole numbers from 1.");
        return 0;
    }
}
