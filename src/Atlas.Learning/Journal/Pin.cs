namespace Atlas.Learning.Journal;

/// <summary>The version to which a key was pinned; by whom, when and why.</summary>
public sealed record Pin(int Version, string Author, DateTimeOffset At, string? Reason);
