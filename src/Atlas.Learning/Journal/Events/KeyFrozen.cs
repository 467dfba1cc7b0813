namespace Atlas.Learning.Journal;

/// <summary>The playbook may not change until further notice.</summary>
public sealed record KeyFrozen : LearningKeyEvent
{
    public string? Reason { get; init; }
}
