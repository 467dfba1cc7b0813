using System.Collections.Immutable;

namespace Atlas.Learning.Journal;

/// <summary>Entries stand elsewhere by the evidence of the session before this event. The evidence itself follows from the sessions.</summary>
public sealed record EntriesJudged : LearningKeyEvent
{
    public required ImmutableArray<EntryJudgement> Entries { get; init; }
}
