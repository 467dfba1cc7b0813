using System.Text.RegularExpressions;
using Atlas.Learning.Text;

namespace Atlas.Learning.Meaning;

/// <summary>Determines the relation of two rules, from their vectors and their words. Pure.</summary>
/// <remarks>Treating two rules as one loses a good rule; treating one rule as two only costs time. So anything that speaks against sameness
/// decides: a different number or name, a different topic, a negation, an opposite.</remarks>
public static partial class RuleComparison
{
    /// <summary>How far below the bound for sameness a pair can be and still count as opposed: the negation itself lowers the
    /// cosine.</summary>
    public const double OpposedSlack = 0.1;

    /// <summary>The minimum length of a word that can be a rule's topic.</summary>
    private const int ShortestTopic = 4;

    /// <summary>Returns the relation of two rules.</summary>
    /// <param name="one">One rule.</param>
    /// <param name="other">The other.</param>
    /// <param name="vectors">The vectors of their texts.</param>
    public static RuleRelation Between(RuleText one, RuleText other, RuleVectors vectors) => Measure(one, other, vectors).Relation;

    /// <summary>Returns the relation of two rules and their similarity: the lower cosine of cues and imperatives, −1 to 1; 0 if it is
    /// unknown.</summary>
    /// <inheritdoc cref="Between"/>
    public static (RuleRelation Relation, double Similarity) Measure(RuleText one, RuleText other, RuleVectors vectors)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(vectors);
        if (Folded(one.Do).SequenceEqual(Folded(other.Do)) && Folded(one.When).SequenceEqual(Folded(other.When)))
        {
            return Limits(one, other) ? (RuleRelation.Same, 1) : (RuleRelation.Different, 1);
        }

        if (Closeness(one, other, vectors) is not { } similarity || similarity < vectors.Same - OpposedSlack)
        {
            return (RuleRelation.Different, Closeness(one, other, vectors) ?? 0);
        }

        if (Opposition.Between(Folded(one.When), Folded(other.When)) || AnotherTopic(one, other) || !SameSpecifics(one.When, other.When) || !SameSpecifics(one.Do, other.Do) || !Limits(one, other))
        {
            return (RuleRelation.Different, similarity);
        }

        return Opposition.Between(Folded(one.Do), Folded(other.Do)) ? (RuleRelation.Opposed, similarity)
            : similarity >= vectors.Same ? (RuleRelation.Same, similarity)
            : (RuleRelation.Different, similarity);
    }

    private static double? Closeness(RuleText one, RuleText other, RuleVectors vectors)
    {
        var imperatives = Cosine(one.Do, other.Do, vectors);
        return (one.When.Length, other.When.Length) switch
        {
            (0, 0) => imperatives,

            // A rule for one case and a rule for all cases are different.
            (0, _) or (_, 0) => null,
            _ => Cosine(one.When, other.When, vectors) is { } cues && imperatives is { } acts ? Math.Min(cues, acts) : null,
        };
    }

    private static double? Cosine(string one, string other, RuleVectors vectors) =>
        Folded(one).SequenceEqual(Folded(other)) ? 1 : vectors.Cosine(one, other);

    private static bool Limits(RuleText one, RuleText other) =>
        one.Limits.Length == 0 || other.Limits.Length == 0
        || (SameSpecifics(one.Limits, other.Limits) && !Opposition.Between(Folded(one.Limits), Folded(other.Limits)));

    /// <summary>Whether both name the same numbers, tools, codes and quoted words.</summary>
    private static bool SameSpecifics(string one, string other) => Specifics(one).SetEquals(Specifics(other));

    private static HashSet<string> Specifics(string text) => [.. Specific().Matches(text).Select(match => match.Value.Trim('"', '\u201c', '\u201d', '`').ToUpperInvariant())];

    /// <summary>Whether each rule has a word in cue and imperative that the other does not contain: the same sentence about another
    /// thing.</summary>
    private static bool AnotherTopic(RuleText one, RuleText other) => HasOwnTopic(one, other) && HasOwnTopic(other, one);

    private static bool HasOwnTopic(RuleText rule, RuleText other)
    {
        string[] elsewhere = [.. Folded(other.When), .. Folded(other.Do)];
        return Folded(rule.When).Intersect(Folded(rule.Do), StringComparer.Ordinal).Any(word => word.Length >= ShortestTopic && !elsewhere.Contains(word, StringComparer.Ordinal));
    }

    private static string[] Folded(string text) => [.. FoldedWords.Of(text).Select(word => word.Text)];

    // Numbers in figures or words, codes, names, words_with_underscores, camelCase, ACRONYMS, and text in quotation marks or between
    // slashes.
    [GeneratedRegex("\"[^\"]+\"|\u201c[^\u201d]+\u201d|`[^`]+`|/\\S[^/]*/|\\b\\w*\\d[\\w.,]*\\b|\\b\\w+_\\w+\\b|\\b[a-z]+[A-Z]\\w*\\b|\\b[A-Z]{2,}\\b|(?<=[a-z,;] )[A-Z][a-z]+\\b|\\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty|hundred|thousand|half|twice|double)\\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Specific();
}
