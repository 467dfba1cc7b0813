using System.Collections.Immutable;

namespace Atlas.Learning.Meaning;

/// <summary>The vectors that an embedding model computed for texts. Computed outside every decision, so that a decision based on them is
/// repeatable.</summary>
/// <param name="By">The model, for the record.</param>
/// <param name="Same">The cosine from which two texts have the same meaning, 0 to 1; each model has its own.</param>
/// <param name="Vectors">The vector of each text, all of the same length.</param>
public sealed record RuleVectors(string By, double Same, ImmutableDictionary<string, ImmutableArray<float>> Vectors)
{
    /// <summary>No vectors: only texts with the same letters have the same meaning.</summary>
    public static RuleVectors None { get; } = new("", 1, ImmutableDictionary<string, ImmutableArray<float>>.Empty);

    /// <summary>Returns the cosine of two texts, −1 to 1; null if one of them has no vector.</summary>
    public double? Cosine(string one, string other)
    {
        if (!Vectors.TryGetValue(one, out var first) || !Vectors.TryGetValue(other, out var second) || first.Length != second.Length)
        {
            return null;
        }

        var (dot, left, right) = (0d, 0d, 0d);
        for (var at = 0; at < first.Length; at++)
        {
            dot += (double)first[at] * second[at];
            left += (double)first[at] * first[at];
            right += (double)second[at] * second[at];
        }

        return left > 0 && right > 0 ? dot / Math.Sqrt(left * right) : null;
    }
}
