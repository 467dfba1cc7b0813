namespace Atlas.Learning.Journal;

/// <summary>A counted session was reviewed.</summary>
public sealed record SessionReviewed : LearningKeyEvent
{
    public required long SessionId { get; init; }

    /// <summary><c>pending</c>, <c>approved</c> or <c>quarantined</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Whether it begins to feed the synthesizer with this review.</summary>
    public bool Teaches { get; init; }

    /// <summary>Whether it teaches or has taught, this review included.</summary>
    public bool Applied { get; init; }

    /// <summary>Whether it stops waiting: it was quarantined before it had taught anything.</summary>
    public bool Withdrawn { get; init; }

    public string? Note { get; init; }
}
