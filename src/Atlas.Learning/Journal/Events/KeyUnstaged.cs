namespace Atlas.Learning.Journal;

/// <summary>New versions become current immediately again, beginning with the newest one.</summary>
public sealed record KeyUnstaged : LearningKeyEvent
{
    /// <summary>The version that becomes current.</summary>
    public required int Version { get; init; }

    public string? Reason { get; init; }
}
