using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Runtime.Students;

/// <summary>One attempt of the student at a step.</summary>
/// <param name="Output">The student's report.</param>
/// <param name="Trace">The transcript.</param>
/// <param name="Thoughts">The reasoning, call by call.</param>
/// <param name="Usage">The usage of the attempt; null if unknown.</param>
/// <param name="Tools">The tools that it called, in order.</param>
internal sealed record StudentAttempt(StepOutput Output, string Trace, ImmutableArray<string> Thoughts, TokenUsage? Usage, ImmutableArray<string> Tools);
