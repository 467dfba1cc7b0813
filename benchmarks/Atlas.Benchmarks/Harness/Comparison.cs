namespace Atlas.Benchmarks.Harness;

/// <summary>The samples of contestants that ran in the same rounds.</summary>
/// <param name="contestants">The contestants, in the order of the samples.</param>
/// <param name="samples">Microseconds per operation, by contestant and round.</param>
/// <param name="batches">Operations per sample, by contestant.</param>
internal sealed class Comparison(IReadOnlyList<string> contestants, double[][] samples, int[] batches)
{
    /// <summary>Returns the time of each contestant.</summary>
    /// <param name="benchmark">The prefix of the contestants' names.</param>
    public IEnumerable<Measurement> Measurements(string benchmark) => contestants.Select((contestant, index) =>
        new Measurement($"{benchmark}/{contestant}", Spread.Of(samples[index]), "us", (long)batches[index] * samples[index].Length));

    /// <summary>Returns the speed of <paramref name="contestant"/> as a multiple of the speed of <paramref name="baseline"/>.</summary>
    /// <remarks>Computed per round, so that other load on the machine slows both down and cancels out.</remarks>
    public Ratio Ratio(string name, string contestant, string baseline) =>
        Harness.Ratio.Of(name, Of(baseline).Zip(Of(contestant), (theirs, ours) => theirs / ours));

    private double[] Of(string contestant) => samples[contestants.Index().Single(item => item.Item == contestant).Index];
}
