using System.Collections.Immutable;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>One usable judgement.</summary>
/// <param name="Score">0 to 1.</param>
/// <param name="Uncertainty">0 to 1.</param>
/// <param name="Rationale">Why; may be empty.</param>
/// <param name="Principles">What was judged by.</param>
internal sealed record JudgeSample(double Score, double Uncertainty, string Rationale, ImmutableArray<JudgePrinciple> Principles);

/// <summary>What a judge judged by, and how much it counted.</summary>
internal sealed record JudgePrinciple(string Name, double Weight, string Description);
