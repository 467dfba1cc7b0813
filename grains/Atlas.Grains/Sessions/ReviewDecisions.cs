using Atlas.Contracts;
using Atlas.Contracts.Review;
using Atlas.Learning.Review;

namespace Atlas.Grains.Sessions;

/// <summary>Checks a reviewer's decision.</summary>
internal static class ReviewDecisions
{
    /// <exception cref="AtlasRefusedException">The status is none, or nobody signs it.</exception>
    public static void Check(ReviewDecision decision)
    {
        if (!ReviewStatus.IsKnown(decision.Status))
        {
            throw new AtlasRefusedException($"'{decision.Status}' is no review status; use pending, approved or quarantined.");
        }

        if (string.IsNullOrWhiteSpace(decision.Reviewer))
        {
            throw new AtlasRefusedException("A review needs a reviewer: a person or a program, not a blank.");
        }
    }
}
