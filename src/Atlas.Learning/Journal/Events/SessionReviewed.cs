using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Journal;

/// <summary>A counted session was reviewed.</summary>
public sealed record SessionReviewed : LearningKeyEvent
{
    public required long SessionId { get; init; }

    public required ReviewStatus Status { get; init; }

    /// <summary>Whether it begins to teach with this review.</summary>
    public bool Teaches { get; init; }

    /// <inheritdoc cref="SessionObserved.PendingLimit"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PendingLimit { get; init; }

    /// <summary>Whether it teaches or has taught, including this review.</summary>
    public bool Applied { get; init; }

    /// <summary>Whether it stops waiting because it was quarantined before it taught anything.</summary>
    public bool Withdrawn { get; init; }

    public string? Note { get; init; }

    /// <summary>How it changes the evidence; null if it does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceMove? Evidence { get; init; }
}
