using System.Globalization;
using System.Text;
using Atlas.Http.Problems;
using Microsoft.AspNetCore.WebUtilities;

namespace Atlas.Http.Door;

/// <summary>Where the next page begins, in a form that callers hand back and do not read.</summary>
public static class Cursor
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Of a number.</summary>
    public static string Of(long number) => Of(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Of a text.</summary>
    public static string Of(string text) => WebEncoders.Base64UrlEncode(Utf8.GetBytes(text));

    /// <summary>The number in it; null for none.</summary>
    /// <exception cref="ProblemException">It is no cursor of this list.</exception>
    public static long? Number(string? cursor) => Text(cursor) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Wrong(),
    };

    /// <summary>The text in it; null for none.</summary>
    /// <exception cref="ProblemException">It is no cursor.</exception>
    public static string? Text(string? cursor)
    {
        try
        {
            return string.IsNullOrEmpty(cursor) ? null : Utf8.GetString(WebEncoders.Base64UrlDecode(cursor));
        }
        catch (Exception wrong) when (wrong is FormatException or DecoderFallbackException)
        {
            throw Wrong();
        }
    }

    /// <summary>Refuses a length that no page has.</summary>
    /// <exception cref="ProblemException">A page cannot have that many lines.</exception>
    public static void Demand(int limit, int most)
    {
        if (limit < 1 || limit > most)
        {
            throw Problem.InvalidRequest.With(FormattableString.Invariant($"The parameter 'limit' is 1 to {most}, not {limit}."));
        }
    }

    private static ProblemException Wrong() => Problem.InvalidRequest.With("The parameter 'cursor' is not one of this list. Take 'next_cursor' of the page before as it is.");
}
