using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Benchmarks.Harness;

/// <summary>Writes results as one JSON object.</summary>
internal static class JsonReport
{
    public static void Write(TextWriter writer, BenchmarkReport report, IReadOnlyList<Change>? changes) => writer.WriteLine(JsonSerializer.Serialize(
        new
        {
            Results = report.Measurements.Select(item => new
            {
                item.Name,
                item.Time.Median,
                item.Time.P10,
                item.Time.P90,
                item.Unit,
                item.Iterations,
            }),
            Ratios = report.Ratios.ToDictionary(ratio => ratio.Name, ratio => ratio.Median),
            RatioInterval = report.Ratios.ToDictionary(ratio => ratio.Name, ratio => new { ratio.Low, ratio.High }),
            Against = changes,
        },
        AtlasJson.Indented));
}
