using Atlas.Http.Problems;
using Atlas.Learning.Keys;

namespace Atlas.Http.Access;

/// <summary>What may be a learning key of a caller: a key as everywhere, and as long as its tenant leaves room for.</summary>
internal static class LearningKeyName
{
    public const int MaxCodePoints = LearningKeyRule.MaxLength;

    /// <summary>The key, as it was written.</summary>
    /// <exception cref="ProblemException">The text is no learning key; the sentence says why.</exception>
    public static string Demand(string text, int maxCodePoints)
    {
        if (LearningKeyRule.ProblemOf(text) is { } problem)
        {
            throw Problem.InvalidLearningKey.With(problem);
        }

        var length = text.EnumerateRunes().Count();
        return length <= maxCodePoints
            ? text
            : throw Problem.InvalidLearningKey.With(FormattableString.Invariant($"A learning key has at most {maxCodePoints} characters here; this one has {length}."));
    }
}
