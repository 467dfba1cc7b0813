using System.Collections.Immutable;
using Atlas.Domain.Playbooks;

namespace Atlas.Learning.Pruning;

/// <summary>The entries kept and removed by pruning.</summary>
public sealed record PruningOutcome(ImmutableArray<PlaybookEntry> Kept, ImmutableArray<PrunedEntry> Pruned);
