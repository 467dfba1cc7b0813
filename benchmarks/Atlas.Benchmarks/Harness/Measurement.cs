namespace Atlas.Benchmarks.Harness;

/// <summary>How long one operation of a contestant takes.</summary>
/// <param name="Name">Benchmark and contestant.</param>
/// <param name="Time">Over the rounds, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit of the time.</param>
/// <param name="Iterations">Operations that were timed in all rounds together.</param>
internal sealed record Measurement(string Name, Spread Time, string Unit, long Iterations);
