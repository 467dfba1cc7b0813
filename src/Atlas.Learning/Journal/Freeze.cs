namespace Atlas.Learning.Journal;

/// <summary>Who froze a key, when and why.</summary>
public sealed record Freeze(string Author, DateTimeOffset At, string? Reason);
