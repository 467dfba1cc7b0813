using Atlas.Domain;
using Atlas.Learning.Journal;

namespace Atlas.Learning.Sessions;

/// <summary>Checks a reviewer's decision.</summary>
public static class ReviewDecisions
{
    /// <exception cref="RefusedException">The status is invalid, or nobody signed the decision.</exception>
    public static void Check(ReviewDecision decision)
    {
        if (!Enum.IsDefined(decision.Status))
        {
            throw new RefusedException($"'{decision.Status}' is not a review status. Use pending, approved or quarantined.");
        }

        if (string.IsNullOrWhiteSpace(decision.Reviewer))
        {
            throw new RefusedException("A review needs a reviewer: the name of a person or a program.");
        }
    }
}
