using System.Globalization;

namespace Atlas.Learning.Text;

/// <summary>Formats figures and times for people.</summary>
public static class Wording
{
    /// <summary>Formats a count: <c>1 session</c>, <c>200 sessions</c>.</summary>
    public static string Count(long number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many ?? one + "s")}");

    /// <summary>Formats alternatives: <c>a, b or c</c>.</summary>
    public static string Either(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Formats a reward or a mean with two decimals; a dash if there is none.</summary>
    public static string Score(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>Formats a time as UTC to the second; a dash if there is none.</summary>
    public static string Time(DateTimeOffset? value) =>
        value?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>Returns the first twelve digits of a hash, enough to recognise it.</summary>
    public static string Hash(string? sha256) => sha256 is { Length: > 12 } ? sha256[..12] : sha256 ?? "-";

    /// <summary>Returns the text on one line, cut to a length with an ellipsis.</summary>
    public static string OneLine(string? text, int length)
    {
        var line = string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= length ? line : string.Concat(line.AsSpan(0, length - 1), "…");
    }
}
