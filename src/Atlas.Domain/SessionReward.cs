namespace Atlas.Domain;

/// <summary>The reward of a session, from any source.</summary>
/// <param name="Score">The score, from 0 to 1.</param>
/// <param name="Uncertainty">The uncertainty, from 0 to 1; null if unknown.</param>
/// <param name="Judge">Who judged, for example <c>environment</c>.</param>
/// <param name="Rationale">The judge's reasons; null if not given.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-reward")]
public sealed record SessionReward(
    [property: Id(0)] double Score,
    [property: Id(1)] double? Uncertainty = null,
    [property: Id(2)] string Judge = "caller",
    [property: Id(3)] string? Rationale = null);
