namespace Atlas.Benchmarks.Harness;

/// <summary>The samples of contestants that ran in the same rounds.</summary>
/// <param name="contestants">In the order of the samples.</param>
/// <param name="samples">Microseconds per operation, by contestant and round.</param>
/// <param name="batches">Operations per sample, by contestant.</param>
internal sealed class Comparison(IReadOnlyList<string> contestants, double[][] samples, int[] batches)
{
    /// <summary>The time of each contestant.</summary>
    /// <param name="benchmark">Goes before the contestants' names.</param>
    public IEnumerable<Measurement> Measurements(string benchmark) => contestants.Select((contestant, index) =>
        new Measurement($"{benchmark}/{contestant}", Spread.Of(samples[index]), "us", (long)batches[index] * samples[index].Length));

    /// <summary>The speed of <paramref name="contestant"/> in multiples of <paramref name="baseline"/>'s.</summary>
    /// <remarks>Taken round by round, so that what else the machine does meanwhile slows both and cancels out.</remarks>
    public Ratio Ratio(string name, string contestant, string baseline) =>
        Harness.Ratio.Of(name, Of(baseline).Zip(Of(contestant), (theirs, ours) => theirs / ours));

    private double[] Of(string contestant) => samples[contestants.Index().Single(item => item.Item == contestant).Index];
}
