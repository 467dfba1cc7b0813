using System.Collections.Immutable;
using System.ComponentModel;
using Atlas.Domain;
using Atlas.Queries;

namespace Atlas.Http.Reviews;

/// <summary>A filter for ended sessions. A session must match all of it.</summary>
/// <param name="LearningKey">Only sessions of this learning key.</param>
/// <param name="ReviewStatus">Only sessions with this review status. The default is <c>pending</c>.</param>
/// <param name="DriftAlert"><c>true</c> for sessions with a drift alert, <c>false</c> for sessions without one. The default is
/// both.</param>
/// <param name="MinScore">Only sessions with at least this score, from 0 to 1.</param>
/// <param name="MaxScore">Only sessions with at most this score, from 0 to 1.</param>
internal sealed record ReviewSelection(
    string? LearningKey = null,
    ReviewStatus ReviewStatus = ReviewStatus.Pending,
    bool? DriftAlert = null,
    [property: Description("Only sessions with at least this score, from 0 to 1.")] double? MinScore = null,
    [property: Description("Only sessions with at most this score, from 0 to 1.")] double? MaxScore = null);

/// <summary>One decision for many sessions.</summary>
/// <param name="Filter">The sessions to decide.</param>
/// <param name="Status">The decision: <c>approved</c>, <c>quarantined</c> or <c>pending</c>.</param>
/// <param name="Reviewer">Who decides. The default is the name of the API key.</param>
/// <param name="Note">The reason for the decision.</param>
/// <param name="DryRun">Whether to only list the matching sessions and change nothing. The default is <c>false</c>.</param>
/// <param name="Limit">The maximum number of sessions to decide, oldest first, from 1 to 1,000. The default is 1,000.</param>
internal sealed record DecideRequest(
    ReviewSelection Filter,
    ReviewStatus Status,
    string? Reviewer = null,
    string? Note = null,
    [property: Description("true only lists the matching sessions and changes nothing. The default is false.")] bool DryRun = false,
    [property: Description("The maximum number of sessions to decide, oldest first, from 1 to 1,000. The default is 1,000.")] int Limit = 1000);

/// <summary>The result of a decision for many sessions.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Matched">The number of matching sessions, up to the limit.</param>
/// <param name="Decided">The number of sessions that were decided; 0 for a dry run.</param>
/// <param name="Failed">The sessions that were not decided, for example because somebody else decided on them in the meantime.</param>
/// <param name="More">Whether more sessions match than the limit allows.</param>
/// <param name="SessionIds">The numbers of the matching sessions, oldest first, up to the limit.</param>
internal sealed record DecideAnswer(bool DryRun, int Matched, int Decided, ImmutableArray<FailedDecision> Failed, bool More, ImmutableArray<long> SessionIds);

/// <summary>A session that was not decided.</summary>
/// <param name="Id">The number of the session.</param>
/// <param name="Reason">Why, as a sentence.</param>
internal sealed record FailedDecision(long Id, string Reason);

/// <summary>A page of sessions for review, oldest first.</summary>
/// <param name="Reviews">The sessions.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; null on the last page.</param>
internal sealed record ReviewPage(ImmutableArray<ReviewItem> Reviews, string? NextCursor);
