namespace Atlas.Learning.Journal;

/// <summary>The playbook may change again.</summary>
public sealed record KeyUnfrozen : LearningKeyEvent
{
    public string? Reason { get; init; }
}
