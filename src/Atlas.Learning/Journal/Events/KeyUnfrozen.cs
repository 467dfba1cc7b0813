namespace Atlas.Learning.Journal;

/// <summary>The playbook can change again.</summary>
public sealed record KeyUnfrozen : LearningKeyEvent
{
    public string? Reason { get; init; }
}
