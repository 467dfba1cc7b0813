using System.Collections.Immutable;

namespace Atlas.Learning.Journal;

/// <summary>The evidence of the session before this event changed the state of entries. The evidence itself follows from the
/// sessions.</summary>
public sealed record EntriesJudged : LearningKeyEvent
{
    public required ImmutableArray<EntryJudgement> Entries { get; init; }
}
