using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>A reviewer's word on a session.</summary>
/// <param name="Status">What was decided.</param>
/// <param name="Reviewer">Who decided: a person or a program; not blank.</param>
/// <param name="Note">Why; null keeps the note that is there.</param>
[GenerateSerializer, Immutable, Alias("atlas.review-decision")]
public sealed record ReviewDecision(
    [property: Id(0)] ReviewStatus Status,
    [property: Id(1)] string Reviewer,
    [property: Id(2)] string? Note)
{
    /// <summary>The decision counts only while this is the session's status; null for whatever it is. So two reviewers never decide the same
    /// session twice.</summary>
    [Id(3), JsonIgnore]
    public ReviewStatus? OnlyWhile { get; init; }
}
