using System.Collections.Immutable;

namespace Atlas.Runtime.Triage;

/// <summary>Somebody who is concerned.</summary>
/// <param name="PersonaId">Who.</param>
/// <param name="Rationale">Why; null if nobody said.</param>
/// <param name="Weight">How much, 0 to 5.</param>
/// <param name="Tags">Tags, each once.</param>
public sealed record PersonaReference(string PersonaId, string? Rationale, double Weight, ImmutableArray<string> Tags);
