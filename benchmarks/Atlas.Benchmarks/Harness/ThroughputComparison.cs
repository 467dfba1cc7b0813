namespace Atlas.Benchmarks.Harness;

/// <summary>The rates of contestants that worked in the same rounds.</summary>
/// <param name="contestants">In the order of the samples.</param>
/// <param name="samples">Operations per second, by contestant and round.</param>
/// <param name="window">How long each sample took.</param>
internal sealed class ThroughputComparison(IReadOnlyList<string> contestants, double[][] samples, TimeSpan window)
{
    /// <summary>The rate of each contestant.</summary>
    /// <param name="benchmark">Goes before the contestants' names.</param>
    public IEnumerable<Measurement> Measurements(string benchmark) => contestants.Select((contestant, index) =>
        new Measurement($"{benchmark}/{contestant}", Spread.Of(samples[index]), "1/s", (long)(samples[index].Sum() * window.TotalSeconds)));

    /// <summary>The rate of <paramref name="contestant"/> in multiples of <paramref name="baseline"/>'s, round by round.</summary>
    public Ratio Ratio(string name, string contestant, string baseline) =>
        Harness.Ratio.Of(name, Of(contestant).Zip(Of(baseline), (ours, theirs) => ours / theirs));

    private double[] Of(string contestant) => samples[contestants.Index().Single(item => item.Item == contestant).Index];
}
