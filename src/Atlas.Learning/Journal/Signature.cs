namespace Atlas.Learning.Journal;

/// <summary>Who gave a command, when, and why. Recorded in the journal.</summary>
/// <param name="Author">A person or a program.</param>
/// <param name="At">The time of the command.</param>
/// <param name="Reason">In the author's words; null if none was given.</param>
public readonly record struct Signature(string Author, DateTimeOffset At, string? Reason = null);
