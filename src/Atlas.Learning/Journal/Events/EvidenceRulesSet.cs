using System.Collections.Immutable;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>The key tries its entries by these bounds from now on.</summary>
public sealed record EvidenceRulesSet : LearningKeyEvent
{
    public required EvidenceOptions Rules { get; init; }

    /// <summary>The entries that existed before the first trial.</summary>
    public ImmutableArray<EntryIntroduction> Entries { get; init; } = [];
}
