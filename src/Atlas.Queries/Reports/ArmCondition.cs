using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Atlas.Queries.Reports;

/// <summary>A condition on sessions' metadata that applies to both arms of a comparison: <c>import.trial&lt;7</c>.</summary>
/// <remarks>If arms did not run equally often, the later trials of one would have no counterpart.</remarks>
public sealed record ArmCondition
{
    private static readonly ImmutableArray<string> Operators = ["<=", ">=", "!=", "<", ">", "="];

    private ArmCondition(ImmutableArray<string> path, string comparison, string value) => (Path, Comparison, Value) = (path, comparison, value);

    /// <summary>The path from the metadata to the value.</summary>
    public ImmutableArray<string> Path { get; }

    /// <summary>One of <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>, <c>=</c> and <c>!=</c>.</summary>
    public string Comparison { get; }

    /// <summary>The value to compare with.</summary>
    public string Value { get; }

    /// <summary>The condition as a PostgreSQL JSON path, true if a session's metadata matches.</summary>
    internal string JsonPath
    {
        get
        {
            var at = string.Concat(Path.Select(member => $".{Quoted(member)}"));
            var number = double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) && double.IsFinite(parsed)
                ? parsed.ToString("R", CultureInfo.InvariantCulture) : null;
            var text = Quoted(Value);
            return Comparison switch
            {
                "=" => number is null ? $"exists(${at} ? (@ == {text}))" : $"exists(${at} ? (@ == {text} || @.double() == {number}))",

                // A missing member does not count as excluded.
                "!=" => number is null ? $"!exists(${at} ? (@ == {text}))" : $"!exists(${at} ? (@ == {text} || @.double() == {number}))",
                _ => $"exists(${at} ? (@.double() {Comparison} {number}))",
            };
        }
    }

    /// <summary>Reads <c>path.to.member&lt;value</c>, with any of the six comparisons.</summary>
    /// <exception cref="FormatException">The text is not a condition; the message says what would be one.</exception>
    public static ArmCondition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.AsSpan().IndexOfAny("<>=!");
        var comparison = at <= 0 ? null : Operators.FirstOrDefault(known => text.AsSpan(at).StartsWith(known));
        if (comparison is null)
        {
            throw new FormatException($"'{text}' is no condition; write a member of the metadata, one of < <= > >= = !=, and a value, as in import.trial<7.");
        }

        var (path, value) = (text[..at].Split('.', StringSplitOptions.TrimEntries), text[(at + comparison.Length)..].Trim());
        if (path.Any(string.IsNullOrEmpty) || value.Length == 0)
        {
            throw new FormatException($"'{text}' lacks {(value.Length == 0 ? "a value behind" : "a member before")} {comparison}, as in import.trial<7.");
        }

        return comparison is "=" or "!=" || (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            ? new([.. path], comparison, value)
            : throw new FormatException($"'{text}' holds a value against '{value}', which is no number; only = and != compare texts.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join('.', Path)}{Comparison}{Value}";

    // The string literals of JSON paths are those of JSON.
    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
