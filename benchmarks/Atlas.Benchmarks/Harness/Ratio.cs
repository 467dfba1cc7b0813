namespace Atlas.Benchmarks.Harness;

/// <summary>How fast one contestant is, as a multiple of another one's speed. Above one, it is the faster.</summary>
/// <param name="Name"><c>a_vs_b</c>.</param>
/// <param name="Median">Over the rounds: time of b by time of a.</param>
/// <param name="Low">Lower end of the interval that holds the true median in 95 cases of 100.</param>
/// <param name="High">Upper end of it.</param>
internal sealed record Ratio(string Name, double Median, double Low, double High)
{
    /// <param name="name"><c>a_vs_b</c>.</param>
    /// <param name="samples">One per round; at least one.</param>
    public static Ratio Of(string name, IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToArray();

        // How many samples fall below the true median is binomial, whatever the samples' distribution: 1.96 deviations of it.
        var reach = 0.98 * Math.Sqrt(sorted.Length);
        var middle = (sorted.Length - 1) / 2.0;
        return new Ratio(
            name,
            Spread.Of(sorted).Median,
            sorted[Math.Max((int)Math.Floor(middle - reach), 0)],
            sorted[Math.Min((int)Math.Ceiling(middle + reach), sorted.Length - 1)]);
    }
}
