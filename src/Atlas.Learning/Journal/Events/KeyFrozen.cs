namespace Atlas.Learning.Journal;

/// <summary>The playbook was frozen and does not change until it is unfrozen.</summary>
public sealed record KeyFrozen : LearningKeyEvent
{
    public string? Reason { get; init; }
}
