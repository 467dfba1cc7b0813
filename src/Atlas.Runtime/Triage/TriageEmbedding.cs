using System.Collections.Immutable;

namespace Atlas.Runtime.Triage;

/// <summary>A vector.</summary>
/// <param name="Vector">The numbers.</param>
/// <param name="Model">The model that computed it; null if unknown.</param>
/// <param name="Note">A remark; null if there is none.</param>
public sealed record TriageEmbedding(ImmutableArray<double> Vector, string? Model = null, string? Note = null);
