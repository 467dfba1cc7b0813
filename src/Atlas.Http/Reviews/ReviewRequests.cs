using System.Collections.Immutable;
using System.ComponentModel;
using Atlas.Domain;
using Atlas.Queries;

namespace Atlas.Http.Reviews;

/// <summary>Which sessions are decided.</summary>
/// <param name="LearningKey">Only sessions of this key.</param>
/// <param name="ReviewStatus">Only sessions of this review status; <c>pending</c> if left out.</param>
/// <param name="DriftAlert">Only sessions whose reward was out of line, or only the others.</param>
/// <param name="MinScore">Only sessions with at least this score.</param>
/// <param name="MaxScore">Only sessions with at most this score.</param>
internal sealed record ReviewSelection(
    string? LearningKey = null,
    ReviewStatus ReviewStatus = ReviewStatus.Pending,
    bool? DriftAlert = null,
    [property: Description("Only sessions with at least this score, 0 to 1.")] double? MinScore = null,
    [property: Description("Only sessions with at most this score, 0 to 1.")] double? MaxScore = null);

/// <summary>One decision on many sessions.</summary>
/// <param name="Filter">Which sessions.</param>
/// <param name="Status">What is decided.</param>
/// <param name="Reviewer">Who decides; left out, the name of the API key.</param>
/// <param name="Note">Why.</param>
/// <param name="DryRun">Only tells how many it would be.</param>
/// <param name="Limit">Decides at most so many, the oldest first; 1 to 1,000.</param>
internal sealed record DecideRequest(
    ReviewSelection Filter,
    ReviewStatus Status,
    string? Reviewer = null,
    string? Note = null,
    [property: Description("true only tells which sessions it would be.")] bool DryRun = false,
    [property: Description("Decides at most so many, the oldest first; 1 to 1,000.")] int Limit = 1000);

/// <summary>What came of a decision on many.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Matched">How many sessions the filter found within the limit.</param>
/// <param name="Decided">How many were decided now.</param>
/// <param name="More">Whether the filter finds more than the limit allowed.</param>
/// <param name="SessionIds">The sessions, the oldest first.</param>
internal sealed record DecideAnswer(bool DryRun, int Matched, int Decided, bool More, ImmutableArray<long> SessionIds);

/// <summary>A page of sessions for review, the oldest first.</summary>
/// <param name="Reviews">The sessions.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last one.</param>
internal sealed record ReviewPage(ImmutableArray<ReviewItem> Reviews, string? NextCursor);
