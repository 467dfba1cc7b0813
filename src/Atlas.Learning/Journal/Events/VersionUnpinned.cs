namespace Atlas.Learning.Journal;

/// <summary>The pin was taken away.</summary>
public sealed record VersionUnpinned : LearningKeyEvent
{
    /// <summary>The version that is current with it.</summary>
    public required int Version { get; init; }

    /// <summary>Whether the key is staged, so that the version it was pinned to goes on being served.</summary>
    public bool Staged { get; init; }

    public string? Reason { get; init; }
}
