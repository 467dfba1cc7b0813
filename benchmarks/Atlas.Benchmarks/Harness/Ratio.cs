namespace Atlas.Benchmarks.Harness;

/// <summary>The speed of one contestant as a multiple of another's. Above one, it is the faster.</summary>
/// <param name="Name"><c>a_vs_b</c>.</param>
/// <param name="Median">The median over the rounds: time of b divided by time of a.</param>
/// <param name="Low">The lower end of the 95% interval of the true median.</param>
/// <param name="High">The upper end of the 95% interval of the true median.</param>
internal sealed record Ratio(string Name, double Median, double Low, double High)
{
    /// <param name="name"><c>a_vs_b</c>.</param>
    /// <param name="samples">One sample per round; at least one.</param>
    public static Ratio Of(string name, IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToArray();

        // The number of samples below the true median is binomial, whatever the distribution of the samples: use 1.96 standard deviations
        // of it.
        var reach = 0.98 * Math.Sqrt(sorted.Length);
        var middle = (sorted.Length - 1) / 2.0;
        return new Ratio(
            name,
            Spread.Of(sorted).Median,
            sorted[Math.Max((int)Math.Floor(middle - reach), 0)],
            sorted[Math.Min((int)Math.Ceiling(middle + reach), sorted.Length - 1)]);
    }
}
