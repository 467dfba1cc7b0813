using System.Collections.Immutable;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>From now on the key tries its entries by these bounds.</summary>
public sealed record EvidenceRulesSet : LearningKeyEvent
{
    public required EvidenceOptions Rules { get; init; }

    /// <summary>The entries that were there before anything was tried.</summary>
    public ImmutableArray<EntryIntroduction> Entries { get; init; } = [];
}
