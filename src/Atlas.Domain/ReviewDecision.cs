using System.Text.Json.Serialization;

namespace Atlas.Domain;

/// <summary>A reviewer's decision on a session.</summary>
/// <param name="Status">The decision.</param>
/// <param name="Reviewer">Who decided: a person or a program; not blank.</param>
/// <param name="Note">The reason; null keeps the existing note.</param>
[GenerateSerializer, Immutable, Alias("atlas.review-decision")]
public sealed record ReviewDecision(
    [property: Id(0)] ReviewStatus Status,
    [property: Id(1)] string Reviewer,
    [property: Id(2)] string? Note)
{
    /// <summary>Gets the status that the session must still have for the decision to apply; null for any. It keeps two reviewers from
    /// deciding the same session twice. The same decision of the same reviewer can be repeated.</summary>
    [Id(3), JsonIgnore]
    public ReviewStatus? OnlyWhile { get; init; }
}
