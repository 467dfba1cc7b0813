using System.Globalization;

namespace Atlas.Benchmarks.Harness;

/// <summary>Writes findings as Markdown tables.</summary>
internal static class MarkdownReport
{
    public static void Write(TextWriter writer, BenchmarkReport report)
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
    }

    private static string Short(double value) => value.ToString(value < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
