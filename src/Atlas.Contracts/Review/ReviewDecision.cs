namespace Atlas.Contracts.Review;

/// <summary>A reviewer's word on a session.</summary>
/// <param name="Status"><c>pending</c>, <c>approved</c> or <c>quarantined</c>.</param>
/// <param name="Reviewer">Who decided; not blank.</param>
/// <param name="Note">Why; null keeps the note that is there.</param>
[GenerateSerializer, Immutable, Alias("atlas.review-decision")]
public sealed record ReviewDecision(
    [property: Id(0)] string Status,
    [property: Id(1)] string Reviewer,
    [property: Id(2)] string? Note);
