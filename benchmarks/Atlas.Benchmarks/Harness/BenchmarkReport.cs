namespace Atlas.Benchmarks.Harness;

/// <summary>The results of a benchmark.</summary>
internal sealed record BenchmarkReport(IReadOnlyList<Measurement> Measurements, IReadOnlyList<Ratio> Ratios)
{
    /// <summary>Combines the results of several benchmarks.</summary>
    public static BenchmarkReport Join(IReadOnlyCollection<BenchmarkReport> reports) => new(
        [.. reports.SelectMany(report => report.Measurements)],
        [.. reports.SelectMany(report => report.Ratios)]);
}
