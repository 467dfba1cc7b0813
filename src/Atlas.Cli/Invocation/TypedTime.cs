using System.CommandLine;
using System.Globalization;

namespace Atlas.Cli.Invocation;

/// <summary>Reads dates and times that people type.</summary>
internal static class TypedTime
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Creates an option for a time.</summary>
    /// <param name="name">The option, with its dashes.</param>
    /// <param name="description">The description.</param>
    public static Option<DateTimeOffset?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Read(text) is { } time)
            {
                return time;
            }

            result.AddError($"{name} is '{text}'; it must be a time such as 2026-03-01 or 2026-03-01T07:00:00Z.");
            return null;
        },
    };

    /// <summary>Reads a date or a time in ISO 8601; without an offset, it is in UTC. Returns null for everything else: countries disagree
    /// about 12/01/2026.</summary>
    public static DateTimeOffset? Read(string text) => DateTimeOffset.TryParseExact(
        text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
