using System.Text.Json.Serialization;
using Atlas.Domain;

namespace Atlas.Learning.Journal;

/// <summary>A counted session was reviewed.</summary>
public sealed record SessionReviewed : LearningKeyEvent
{
    public required long SessionId { get; init; }

    public required ReviewStatus Status { get; init; }

    /// <summary>Whether it begins to feed the synthesizer with this review.</summary>
    public bool Teaches { get; init; }

    /// <summary>Whether it teaches or has taught, this review included.</summary>
    public bool Applied { get; init; }

    /// <summary>Whether it stops waiting: it was quarantined before it had taught anything.</summary>
    public bool Withdrawn { get; init; }

    public string? Note { get; init; }

    /// <summary>What it changes of the evidence; null if nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EvidenceMove? Evidence { get; init; }
}
