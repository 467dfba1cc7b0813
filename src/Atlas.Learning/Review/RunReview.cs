using Atlas.Domain;
using Atlas.Learning.Drift;
using Atlas.Learning.Options;

namespace Atlas.Learning.Review;

/// <summary>The review status of a session when it ends, before anybody has looked at it.</summary>
/// <param name="Status">The status.</param>
/// <param name="Note">The reason; null if nothing was decided.</param>
public sealed record RunReview(ReviewStatus Status, string? Note)
{
    /// <summary>The note for a session that needs no approval.</summary>
    public const string AutoApproved = "Auto-approved (review gating disabled).";

    /// <summary>Returns the review of a session that could not be compared with earlier ones because of a fault: a person has to
    /// look.</summary>
    public static RunReview AfterFault(string fault) => new(
        ReviewStatus.Pending, $"Not compared with earlier sessions, because of a fault in Atlas: {fault}");

    /// <summary>Decides at the end of a session: drift first, then whether approval is needed at all.</summary>
    /// <param name="succeeded">A failed session stays pending, whatever the options say.</param>
    /// <param name="drift">How the reward compares with earlier ones; null without a comparison.</param>
    /// <param name="options">The options, for whether approval is needed.</param>
    public static RunReview Decide(bool succeeded, DriftAssessment? drift, ReviewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (drift is { Alert: true })
        {
            return new RunReview(ReviewStatus.Pending, drift.Message);
        }

        return succeeded && !options.RequireApproval
            ? new RunReview(ReviewStatus.Approved, AutoApproved)
            : new RunReview(ReviewStatus.Pending, null);
    }
}
