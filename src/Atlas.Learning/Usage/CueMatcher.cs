using Atlas.Domain.Playbooks;
using Atlas.Learning.Compatibility;

namespace Atlas.Learning.Usage;

/// <summary>Finds a cue in a text. Compiled once and thread-safe; never throws and never hangs.</summary>
public sealed class CueMatcher
{
    /// <summary>The number of characters of a text that are searched.</summary>
    public const int MaxTextLength = 65_536;

    private readonly Func<string, bool>? _matches;

    private CueMatcher(Func<string, bool>? matches) => _matches = matches;

    /// <summary>Prepares a cue.</summary>
    /// <param name="type"><c>keyword</c>: the text contains the pattern. <c>regex</c>: the regular expression, in Python's or .NET's
    /// dialect, matches. <c>predicate</c>: a condition of words with AND, OR and NOT is true; without operators it is a keyword. Any other
    /// type never matches. Case is ignored.</param>
    /// <param name="pattern">The pattern. An empty one, or a regular expression that does not compile, never matches.</param>
    public static CueMatcher For(string? type, string? pattern) => For(type, pattern, ReferenceRules.None);

    /// <inheritdoc cref="For(string?, string?)"/>
    public static CueMatcher For(EntryCue cue)
    {
        ArgumentNullException.ThrowIfNull(cue);
        return For(cue.Type, cue.Pattern);
    }

    internal static CueMatcher For(string? type, string? pattern, ReferenceRules rules) => new(string.IsNullOrEmpty(pattern) ? null : type switch
    {
        "keyword" => Contains(pattern),
        "predicate" => rules.PredicatesAreText || PredicateCondition.Parse(pattern) is not { } condition
            ? Contains(pattern)
            : condition.Holds,
        "regex" => CuePattern.TryCompile(pattern) is { } regex ? regex.IsMatch : null,
        _ => null,
    });

    /// <summary>Whether the cue can match any text.</summary>
    public bool CanMatch => _matches is not null;

    /// <summary>Whether the cue matches the first <see cref="MaxTextLength"/> characters of the text.</summary>
    public bool IsMatch(string? text)
    {
        if (_matches is null || string.IsNullOrEmpty(text))
        {
            return false;
        }

        return _matches(text.Length <= MaxTextLength ? text : text[..MaxTextLength]);
    }

    private static Func<string, bool> Contains(string pattern) =>
        text => text.Contains(pattern, StringComparison.OrdinalIgnoreCase);
}
