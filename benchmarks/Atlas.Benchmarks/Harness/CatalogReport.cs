using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Benchmarks.Harness;

/// <summary>Writes the list of benchmarks.</summary>
internal static class CatalogReport
{
    public static void Write(TextWriter writer, IReadOnlyList<IBenchmark> benchmarks, bool json)
    {
        if (json)
        {
            writer.WriteLine(JsonSerializer.Serialize(
                new { Benchmarks = benchmarks.Select(benchmark => new { benchmark.Name, benchmark.Description }) }, AtlasJson.Indented));
            return;
        }

        writer.WriteLine("| name | measures |");
        writer.WriteLine("|---|---|");
        foreach (var benchmark in benchmarks)
        {
            writer.WriteLine($"| {benchmark.Name} | {benchmark.Description} |");
        }
    }
}
