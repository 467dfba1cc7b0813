namespace Atlas.Domain;

/// <summary>The reward of a session, whoever gave it.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Uncertainty">0 to 1; null if unknown.</param>
/// <param name="Judge">Who judged, say <c>environment</c>.</param>
/// <param name="Rationale">Why, in the judge's words; null if it did not say.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-reward")]
public sealed record SessionReward(
    [property: Id(0)] double Score,
    [property: Id(1)] double? Uncertainty = null,
    [property: Id(2)] string Judge = "caller",
    [property: Id(3)] string? Rationale = null);
