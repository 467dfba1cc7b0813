namespace Atlas.Learning.Journal;

/// <summary>The pin was removed.</summary>
public sealed record VersionUnpinned : LearningKeyEvent
{
    /// <summary>The version that becomes current.</summary>
    public required int Version { get; init; }

    /// <summary>Whether the key is staged, so that the pinned version is still served.</summary>
    public bool Staged { get; init; }

    public string? Reason { get; init; }
}
