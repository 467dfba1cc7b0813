using System.CommandLine.Parsing;
using System.Globalization;

namespace Atlas.Cli.Sessions;

/// <summary>Session numbers on a command line.</summary>
internal static class SessionArgument
{
    /// <summary>Parses the numbers; anything else is refused with a message.</summary>
    public static long[] ReadNumbers(ArgumentResult result) => [.. result.Tokens.Select(token => ReadNumber(token.Value, result)).Distinct()];

    /// <summary>Returns the message for a session that does not exist.</summary>
    public static string Unknown(long id) => $"There is no session {id}. List the sessions with `atlas session list`.";

    private static long ReadNumber(string text, ArgumentResult result)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
        {
            return id;
        }

        result.AddError($"'{text}' is not a session number. Session numbers are whole numbers from 1.");
        return 0;
    }
}
