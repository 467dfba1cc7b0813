namespace Atlas.Benchmarks.Harness;

/// <summary>The rates of contestants that worked in the same rounds.</summary>
/// <param name="contestants">The contestants, in the order of the samples.</param>
/// <param name="samples">Operations per second, by contestant and round.</param>
/// <param name="window">The duration of each sample.</param>
internal sealed class ThroughputComparison(IReadOnlyList<string> contestants, double[][] samples, TimeSpan window)
{
    /// <summary>Returns the rate of each contestant.</summary>
    /// <param name="benchmark">The prefix of the contestants' names.</param>
    public IEnumerable<Measurement> Measurements(string benchmark) => contestants.Select((contestant, index) =>
        new Measurement($"{benchmark}/{contestant}", Spread.Of(samples[index]), "1/s", (long)(samples[index].Sum() * window.TotalSeconds)));

    /// <summary>Returns the rate of <paramref name="contestant"/> as a multiple of the rate of <paramref name="baseline"/>, computed per
    /// round.</summary>
    public Ratio Ratio(string name, string contestant, string baseline) =>
        Harness.Ratio.Of(name, Of(contestant).Zip(Of(baseline), (ours, theirs) => ours / theirs));

    private double[] Of(string contestant) => samples[contestants.Index().Single(item => item.Item == contestant).Index];
}
