using System.Globalization;

namespace Atlas.Benchmarks.Harness;

/// <summary>Writes results as Markdown tables.</summary>
internal static class MarkdownReport
{
    public static void Write(TextWriter writer, BenchmarkReport report, IReadOnlyList<Change>? changes)
    {
        writer.WriteLine("| benchmark | median | p10 | p90 | unit | iterations |");
        writer.WriteLine("|---|---:|---:|---:|---|---:|");
        foreach (var (name, time, unit, iterations) in report.Measurements)
        {
            writer.WriteLine($"| {name} | {Short(time.Median)} | {Short(time.P10)} | {Short(time.P90)} | {unit} | "
                + $"{iterations.ToString(CultureInfo.InvariantCulture)} |");
        }

        writer.WriteLine();
        writer.WriteLine("| ratio (of speeds; above 1 the first is faster) | median | 95 % from | to |");
        writer.WriteLine("|---|---:|---:|---:|");
        foreach (var (name, median, low, high) in report.Ratios)
        {
            writer.WriteLine($"| {name} | {Short(median)} | {Short(low)} | {Short(high)} |");
        }

        if (changes is not null)
        {
            writer.WriteLine();
            writer.WriteLine("| ratio | recorded | now | beyond noise |");
            writer.WriteLine("|---|---:|---:|---|");
            foreach (var (name, recorded, now, verdict) in changes)
            {
                writer.WriteLine($"| {name} | {(recorded is { } then ? Short(then) : "")} | {Short(now)} | {verdict} |");
            }
        }
    }

    private static string Short(double value) => value.ToString(value < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
