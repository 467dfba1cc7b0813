namespace Atlas.Runtime;

/// <summary>The reward of a session, whoever gave it.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Uncertainty">0 to 1; null if unknown.</param>
/// <param name="Judge">Who judged.</param>
/// <param name="Rationale">Why, in the judge's words; null if it did not say.</param>
public sealed record RunReward(double Score, double? Uncertainty, string Judge, string? Rationale);
