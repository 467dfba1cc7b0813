using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Runtime.Students;

/// <summary>One try of the student at a step.</summary>
/// <param name="Output">What it says came out.</param>
/// <param name="Trace">The transcript.</param>
/// <param name="Thoughts">What it thought aloud, call by call.</param>
/// <param name="Usage">What the try cost; null if nobody said.</param>
/// <param name="Tools">The tools it called, in order.</param>
internal sealed record StudentAttempt(StepOutput Output, string Trace, ImmutableArray<string> Thoughts, TokenUsage? Usage, ImmutableArray<string> Tools);
