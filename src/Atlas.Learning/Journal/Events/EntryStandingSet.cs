namespace Atlas.Learning.Journal;

/// <summary>A person put an entry on trial, or withdrew it.</summary>
public sealed record EntryStandingSet : LearningKeyEvent
{
    /// <summary>The entry, where it stood and where it stands.</summary>
    public required EntryJudgement Entry { get; init; }

    public string? Reason { get; init; }
}
