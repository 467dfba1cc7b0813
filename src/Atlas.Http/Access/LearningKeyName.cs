using System.Globalization;
using System.Text;
using Atlas.Http.Problems;

namespace Atlas.Http.Access;

/// <summary>What may be a learning key.</summary>
internal static class LearningKeyName
{
    public const int MaxCodePoints = 512;

    /// <summary>The key without the space around it.</summary>
    /// <exception cref="ProblemException">The text is no learning key; the sentence says why.</exception>
    public static string Demand(string text, int maxCodePoints)
    {
        var key = text.Trim();
        if (key.Length == 0)
        {
            throw Problem.InvalidLearningKey.With("A learning key is a text such as 'support/refunds', not a blank.");
        }

        var length = 0;
        foreach (var rune in key.EnumerateRunes())
        {
            length++;
            if (rune == Rune.ReplacementChar && !key.Contains('\uFFFD', StringComparison.Ordinal))
            {
                throw Problem.InvalidLearningKey.With("A learning key is Unicode text; half a surrogate pair is none.");
            }

            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control)
            {
                throw Problem.InvalidLearningKey.With(FormattableString.Invariant(
                    $"A learning key has no control characters; this one has U+{rune.Value:X4} at position {length}."));
            }
        }

        return length <= maxCodePoints
            ? key
            : throw Problem.InvalidLearningKey.With(FormattableString.Invariant($"A learning key has at most {maxCodePoints} characters; this one has {length}."));
    }
}
