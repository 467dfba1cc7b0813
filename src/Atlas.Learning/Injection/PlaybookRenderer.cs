using System.Globalization;
using Atlas.Learning.Text;

namespace Atlas.Learning.Injection;

/// <summary>Renders the text of a playbook for a prompt.</summary>
public static class PlaybookRenderer
{
    private const string Ellipsis = "...";
    /// <summary>Puts a text between its delimiters, as in a prompt.</summary>
    /// <param name="role"><c>student</c> or <c>teacher</c>.</param>
    /// <param name="text">The text to inject; not blank.</param>
    /// <param name="updatedAt">When its version was made; null if unknown.</param>
    /// <param name="version">Number of the version; 0 if unknown.</param>
    /// <remarks>What changes with every version comes last, because providers cache a prompt up to the first byte that differs.</remarks>
    public static string Block(string role, string text, DateTimeOffset? updatedAt, int version)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(role);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var (title, stamp) = (Title(role), Stamp(updatedAt, version));
        return $">>> {title} Playbook >>>\n{text}\n{(stamp is null ? "" : stamp + "\n")}>>> End {title} Playbook >>>";
    }

    /// <summary>Renders the block as sessions got it before the version moved to its end.</summary>
    /// <inheritdoc cref="Block"/>
    public static string BlockOfOldSessions(string role, string text, DateTimeOffset? updatedAt, int version)
    {
        var (title, stamp) = (Title(role), Stamp(updatedAt, version));
        return $">>> {title} Playbook >>>\n{(stamp is null ? "" : stamp + "\n")}{text}\n>>> End {title} Playbook >>>";
    }

    /// <summary>Strips a playbook, neutralises lines that imitate delimiters, and cuts it to a limit.</summary>
    /// <param name="text">The stored text.</param>
    /// <param name="limit">Largest length in code points, at least 3. A longer text ends in <c>...</c>.</param>
    /// <returns>Null if nothing is left.</returns>
    public static string? Trim(string? text, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, Ellipsis.Length);
        if (PythonText.IsBlank(text))
        {
            return null;
        }

        var stripped = Armless(text)!;
        return PythonText.Length(stripped) <= limit
            ? stripped
            : PythonText.StripEnd(PythonText.Take(stripped, limit - Ellipsis.Length)) + Ellipsis;
    }

    /// <summary>Returns a text stripped and without imitated delimiters; null if nothing is left.</summary>
    internal static string? Armless(string? text) => PythonText.IsBlank(text) ? null : Delimiters.Disarm(PythonText.Strip(text!));

    private static string Title(string role) => char.ToUpperInvariant(role[0]) + role[1..].ToLowerInvariant();

    private static string? Stamp(DateTimeOffset? updatedAt, int version)
    {
        var updated = updatedAt?.UtcDateTime.ToString("'Last updated: 'yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var number = version > 0 ? string.Create(CultureInfo.InvariantCulture, $"Version: {version}") : null;
        return updated is not null && number is not null ? $"{updated} | {number}" : updated ?? number;
    }
}
