namespace Atlas.Learning.Usage;

/// <summary>A condition over words: <c>path unknown AND NOT retried OR timeout</c>. AND binds more tightly than OR.</summary>
/// <remarks>Operators are in capitals between spaces; each word means "the text contains it", in any case.</remarks>
internal sealed class PredicateCondition
{
    private static readonly string[] Or = [" OR "];
    private static readonly string[] And = [" AND "];
    private readonly (string Word, bool Wanted)[][] _alternatives;

    private PredicateCondition((string Word, bool Wanted)[][] alternatives) => _alternatives = alternatives;

    /// <summary>Parses a condition; null if the text has no operator or an operator lacks its word.</summary>
    public static PredicateCondition? Parse(string predicate)
    {
        var alternatives = predicate.Split(Or, StringSplitOptions.None)
            .Select(alternative => alternative.Split(And, StringSplitOptions.None).Select(Term).ToArray())
            .ToArray();
        return alternatives is [[{ Wanted: true }]] || alternatives.Any(terms => terms.Any(term => term.Word.Length == 0))
            ? null
            : new PredicateCondition(alternatives);
    }

    public bool Holds(string text) =>
        _alternatives.Any(terms => terms.All(term => text.Contains(term.Word, StringComparison.OrdinalIgnoreCase) == term.Wanted));

    private static (string Word, bool Wanted) Term(string term)
    {
        var word = term.Trim();
        return word.StartsWith("NOT ", StringComparison.Ordinal) ? (word[4..].Trim(), false) : (word, true);
    }
}
