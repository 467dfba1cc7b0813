using System.Collections.Immutable;
using Atlas.Queries;

namespace Atlas.Cli.Review;

/// <summary>The sessions of one review status.</summary>
internal sealed record ReviewGroup(string Status, ImmutableArray<ReviewSheetItem> Sessions);
