using System.Globalization;
using System.Text;
using Atlas.Http.Problems;
using Microsoft.AspNetCore.WebUtilities;

namespace Atlas.Http.Door;

/// <summary>Encodes where the next page begins, in an opaque form that callers only hand back.</summary>
public static class Cursor
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Returns the cursor for a number.</summary>
    public static string Of(long number) => Of(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Returns the cursor for a text.</summary>
    public static string Of(string text) => WebEncoders.Base64UrlEncode(Utf8.GetBytes(text));

    /// <summary>Returns the number in a cursor; null for none.</summary>
    /// <exception cref="ProblemException">The text is not a cursor of this list.</exception>
    public static long? Number(string? cursor) => Text(cursor) switch
    {
        null => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Wrong(),
    };

    /// <summary>Returns the text in a cursor; null for none.</summary>
    /// <exception cref="ProblemException">The text is not a cursor.</exception>
    public static string? Text(string? cursor)
    {
        try
        {
            var text = string.IsNullOrEmpty(cursor) ? null : Utf8.GetString(WebEncoders.Base64UrlDecode(cursor));

            // No list has control characters in what it is ordered by, and the database does not take all of them.
            return text is not null && text.Any(char.IsControl) ? throw Wrong() : text;
        }
        catch (Exception wrong) when (wrong is FormatException or DecoderFallbackException)
        {
            throw Wrong();
        }
    }

    /// <summary>Checks the length of a page.</summary>
    /// <exception cref="ProblemException">A page cannot have that many lines.</exception>
    public static void Demand(int limit, int most)
    {
        if (limit < 1 || limit > most)
        {
            throw Problem.InvalidRequest.With(FormattableString.Invariant($"The parameter 'limit' must be from 1 to {most}, not {limit}."));
        }
    }

    private static ProblemException Wrong() => Problem.InvalidRequest.With("The parameter 'cursor' does not belong to this list. Use 'next_cursor' of the previous page unchanged.");
}
