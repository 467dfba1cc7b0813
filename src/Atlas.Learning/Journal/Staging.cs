namespace Atlas.Learning.Journal;

/// <summary>Whether new versions of a key wait to be promoted; who said so, when and why.</summary>
/// <param name="On">True: new versions are candidates. False: they are current at once, whatever the configuration says.</param>
/// <param name="Author">A person or a program.</param>
/// <param name="At">When it was said.</param>
/// <param name="Reason">In the author's words; null if none was given.</param>
public sealed record Staging(bool On, string Author, DateTimeOffset At, string? Reason);
