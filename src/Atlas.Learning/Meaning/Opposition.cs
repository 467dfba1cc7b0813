using System.Collections.Frozen;

namespace Atlas.Learning.Meaning;

/// <summary>Detects that one text asks for what the other forbids. Embeddings cannot: “always refund” and “never refund” have similar
/// vectors.</summary>
/// <remarks>For English. A text counts as negated if an odd number of its words negate.</remarks>
internal static class Opposition
{
    private static readonly FrozenSet<string> Negations = new[]
    {
        "no", "not", "never", "none", "nothing", "neither", "nor", "without", "dont", "doesnt", "didnt", "cannot", "cant", "wont", "shouldnt", "mustnt", "isnt", "arent",
        "avoid", "avoiding", "refuse", "refrain", "stop", "skip", "skipping", "omit", "ignore", "forbid", "forbidden", "prohibited", "decline", "reject", "deny", "prevent", "unless",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words after “no” that do not negate an action: “at no cost”.</summary>
    private static readonly FrozenSet<string> NotDenied = new[] { "cost", "charge", "longer", "later", "matter" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly (string[] One, string[] Other)[] Antonyms =
    [
        (["before", "prior", "until"], ["after", "once", "afterwards"]),
        (["first"], ["last", "finally"]),
        (["include", "including", "add"], ["exclude", "excluding", "remove", "drop"]),
        (["increase", "raise", "higher", "highest", "more", "most", "maximum", "above", "over"], ["decrease", "lower", "lowest", "less", "fewer", "fewest", "minimum", "below", "under"]),
        (["enable", "open", "show", "keep"], ["disable", "close", "hide", "delete", "discard"]),
        (["all", "every", "both", "whole"], ["only", "one", "single"]),
        (["early", "earliest", "oldest", "immediately"], ["late", "latest", "newest", "later"]),
        (["short", "brief", "briefly", "concise"], ["long", "detailed", "full", "thorough"]),
        (["cheapest", "cheaper"], ["dearest", "costliest", "expensive"]),
        (["ascending"], ["descending"]),
        (["public"], ["private"]),
        (["ask", "confirm"], ["assume", "guess"]),
    ];

    /// <summary>Whether two texts, given as folded words, are opposed.</summary>
    public static bool Between(IReadOnlyList<string> one, IReadOnlyList<string> other) =>
        IsNegated(one) != IsNegated(other)
        || Antonyms.Any(pair => (Has(one, pair.One, pair.Other) && Has(other, pair.Other, pair.One)) || (Has(one, pair.Other, pair.One) && Has(other, pair.One, pair.Other)));

    private static bool IsNegated(IReadOnlyList<string> words) =>
        Enumerable.Range(0, words.Count).Count(at => Negations.Contains(words[at]) && !(at + 1 < words.Count && words[at] == "no" && NotDenied.Contains(words[at + 1]))) % 2 == 1;

    private static bool Has(IReadOnlyCollection<string> words, string[] side, string[] otherSide) => words.Any(word => side.Contains(word)) && !words.Any(word => otherSide.Contains(word));
}
