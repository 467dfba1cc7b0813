using System.Collections.Immutable;

namespace Atlas.Runtime.Triage;

/// <summary>A person or group concerned.</summary>
/// <param name="PersonaId">The id.</param>
/// <param name="Rationale">Why they are concerned; null if not given.</param>
/// <param name="Weight">How much they are concerned, from 0 to 5.</param>
/// <param name="Tags">Tags, without duplicates.</param>
public sealed record PersonaReference(string PersonaId, string? Rationale, double Weight, ImmutableArray<string> Tags);
