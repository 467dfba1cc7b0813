using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>Words that no session gets any more.</summary>
/// <param name="Entry">The entry's id.</param>
/// <param name="Sha">The first 16 hex digits of the SHA-256 of its words.</param>
/// <param name="Words">The words, as they were rendered.</param>
/// <param name="State"><see cref="EntryTrialState.Withdrawn"/> or <see cref="EntryTrialState.Retired"/>.</param>
/// <param name="At">The time of the decision.</param>
public sealed record CondemnedEntry(string Entry, string Sha, string Words, EntryTrialState State, DateTimeOffset At);
