namespace Atlas.Domain;

/// <summary>A reviewer's word on a session.</summary>
/// <param name="Status">What was decided.</param>
/// <param name="Reviewer">Who decided: a person or a program; not blank.</param>
/// <param name="Note">Why; null keeps the note that is there.</param>
[GenerateSerializer, Immutable, Alias("atlas.review-decision")]
public sealed record ReviewDecision(
    [property: Id(0)] ReviewStatus Status,
    [property: Id(1)] string Reviewer,
    [property: Id(2)] string? Note);
