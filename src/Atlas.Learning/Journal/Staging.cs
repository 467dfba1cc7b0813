namespace Atlas.Learning.Journal;

/// <summary>Whether new versions of a key wait to be promoted; who decided it, when and why.</summary>
/// <param name="On">True: new versions are candidates. False: they become current immediately, whatever the configuration says.</param>
/// <param name="Author">A person or a program.</param>
/// <param name="At">The time of the decision.</param>
/// <param name="Reason">In the author's words; null if none was given.</param>
public sealed record Staging(bool On, string Author, DateTimeOffset At, string? Reason);
