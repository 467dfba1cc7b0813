namespace Atlas.Learning.Journal;

/// <summary>New versions are current at once again, beginning with the newest there is.</summary>
public sealed record KeyUnstaged : LearningKeyEvent
{
    /// <summary>The version that is current with it.</summary>
    public required int Version { get; init; }

    public string? Reason { get; init; }
}
