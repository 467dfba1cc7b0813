namespace Atlas.Learning.Journal;

/// <summary>Which version a key was pinned to; by whom, when and why.</summary>
public sealed record Pin(int Version, string Author, DateTimeOffset At, string? Reason);
