namespace Atlas.Benchmarks.Harness;

/// <summary>How long one operation of a contestant takes.</summary>
/// <param name="Name">The benchmark and the contestant.</param>
/// <param name="Time">The time over the rounds, in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit of the time.</param>
/// <param name="Iterations">The number of operations that were timed in all rounds.</param>
internal sealed record Measurement(string Name, Spread Time, string Unit, long Iterations);
