using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Learning.Evidence;

namespace Atlas.Learning.Journal;

/// <summary>The key tries its entries by these bounds from now on.</summary>
public sealed record EvidenceRulesSet : LearningKeyEvent
{
    public required EvidenceOptions Rules { get; init; }

    /// <summary>The entries that existed before the first trial.</summary>
    public ImmutableArray<EntryIntroduction> Entries { get; init; } = [];

    /// <summary>The <see cref="KeyEvidence.Edition"/> by which sessions are counted; 0 in older events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Edition { get; init; }
}
