using System.Collections.Immutable;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>One usable judgement.</summary>
/// <param name="Score">The score, from 0 to 1.</param>
/// <param name="Uncertainty">The uncertainty, from 0 to 1.</param>
/// <param name="Rationale">The reasons; can be empty.</param>
/// <param name="Principles">The principles that were applied.</param>
internal sealed record JudgeSample(double Score, double Uncertainty, string Rationale, ImmutableArray<JudgePrinciple> Principles);

/// <summary>A principle that a judge applied, and its weight.</summary>
internal sealed record JudgePrinciple(string Name, double Weight, string Description);
