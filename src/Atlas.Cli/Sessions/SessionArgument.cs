using System.CommandLine.Parsing;
using System.Globalization;

namespace Atlas.Cli.Sessions;

/// <summary>Session numbers on a command line.</summary>
internal static class SessionArgument
{
    /// <summary>Parses the numbers of sessions; anything else is refused with a message.</summary>
    public static long[] ReadNumbers(ArgumentResult result) => ReadNumbers(result, "session");

    /// <summary>Parses the numbers of something; anything else is refused with a message.</summary>
    /// <param name="result">The words.</param>
    /// <param name="what">What is numbered, in a word.</param>
    public static long[] ReadNumbers(ArgumentResult result, string what) => [.. result.Tokens.Select(token => ReadNumber(token.Value, result, what)).Distinct()];

    /// <summary>Returns the message for a session that does not exist.</summary>
    public static string Unknown(long id) => $"There is no session {id}. List the sessions with `atlas session list`.";

    private static long ReadNumber(string text, ArgumentResult result, string what)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
        {
            return id;
        }

        result.AddError($"'{text}' is not a {what} number. {char.ToUpperInvariant(what[0])}{what[1..]} numbers are whole numbers from 1.");
        return 0;
    }
}
