using System.Collections.Immutable;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Pruning;

/// <summary>What pruning left, and what it took away.</summary>
public sealed record PruningOutcome(ImmutableArray<PlaybookEntry> Kept, ImmutableArray<PrunedEntry> Pruned);
