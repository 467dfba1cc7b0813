using Atlas.Domain;
using Atlas.Learning.Drift;
using Atlas.Learning.Options;

namespace Atlas.Learning.Review;

/// <summary>The review status a session has when it ends, before anybody looked at it.</summary>
/// <param name="Status">The status.</param>
/// <param name="Note">Why; null if nothing was decided.</param>
public sealed record RunReview(ReviewStatus Status, string? Note)
{
    /// <summary>The note of a session that nobody needs to approve.</summary>
    public const string AutoApproved = "Auto-approved (review gating disabled).";

    /// <summary>The review of a session that a fault kept from being held against those before it: a person has to look.</summary>
    public static RunReview AfterFault(string fault) => new(
        ReviewStatus.Pending, $"Not held against the sessions before it, because of a fault in Atlas: {fault}");

    /// <summary>Decides at the end of a session: drift first, then whether approval is needed at all.</summary>
    /// <param name="succeeded">A failed session stays pending, whatever the options say.</param>
    /// <param name="drift">How the reward compares; null if there was none to compare.</param>
    /// <param name="options">Whether approval is needed.</param>
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
