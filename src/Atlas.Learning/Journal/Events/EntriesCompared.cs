using System.Collections.Immutable;

namespace Atlas.Learning.Journal;

/// <summary>The entries of a version were compared with each other. The event contains the result, so that a replay needs no
/// model.</summary>
public sealed record EntriesCompared : LearningKeyEvent
{
    /// <summary>The version whose entries were compared.</summary>
    public required int Version { get; init; }

    /// <summary>The embedding model that compared them.</summary>
    public required string By { get; init; }

    /// <summary>The pairs that say the same or contradict each other; empty if there are none any more.</summary>
    public required ImmutableArray<EntryPair> Pairs { get; init; }
}
