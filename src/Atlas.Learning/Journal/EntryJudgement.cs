using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>A change in an entry's state, with its words.</summary>
/// <param name="Change">What changed.</param>
/// <param name="Words">The words as they are rendered; empty if no version in use has them.</param>
public sealed record EntryJudgement(StandingChange Change, string Words);
