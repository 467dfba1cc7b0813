using Atlas.Http.Problems;
using Atlas.Learning.Keys;

namespace Atlas.Http.Access;

/// <summary>Checks a caller's learning keys: the usual rules, and a length that leaves room for the tenant.</summary>
internal static class LearningKeyName
{
    public const int MaxCodePoints = LearningKeyRule.MaxLength;

    /// <summary>Returns the key as it was written.</summary>
    /// <exception cref="ProblemException">The text is not a learning key; the message says why.</exception>
    public static string Demand(string text, int maxCodePoints)
    {
        if (LearningKeyRule.ProblemOf(text) is { } problem)
        {
            throw Problem.InvalidLearningKey.With(problem);
        }

        var length = text.EnumerateRunes().Count();
        return length <= maxCodePoints
            ? text
            : throw Problem.InvalidLearningKey.With(FormattableString.Invariant($"A learning key can have at most {maxCodePoints} characters; this one has {length}."));
    }
}
