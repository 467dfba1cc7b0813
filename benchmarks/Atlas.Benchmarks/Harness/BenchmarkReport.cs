namespace Atlas.Benchmarks.Harness;

/// <summary>What a benchmark found.</summary>
internal sealed record BenchmarkReport(IReadOnlyList<Measurement> Measurements, IReadOnlyList<Ratio> Ratios)
{
    /// <summary>The findings of several benchmarks as one.</summary>
    public static BenchmarkReport Join(IReadOnlyCollection<BenchmarkReport> reports) => new(
        [.. reports.SelectMany(report => report.Measurements)],
        [.. reports.SelectMany(report => report.Ratios)]);
}
