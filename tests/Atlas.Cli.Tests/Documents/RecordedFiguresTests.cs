using System.Globalization;
using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Documents;

/// <summary>The tables of docs/benchmarks.md are those of the run that benchmarks/recorded.json holds, figure by figure.</summary>
public sealed class RecordedFiguresTests
{
    private static readonly JsonElement Recorded = JsonElement.Parse(File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "benchmarks", "recorded.json")));
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "benchmarks.md"));

    [Fact]
    public void Every_measurement_of_the_page_was_recorded()
    {
        var rows = Recorded.GetProperty("results").EnumerateArray().Select(result => string.Create(
            CultureInfo.InvariantCulture,
            $"| {result.GetProperty("name")} | {Short(result, "median")} | {Short(result, "p10")} | {Short(result, "p90")} | {result.GetProperty("unit")} | {result.GetProperty("iterations").GetInt64()} |"));

        Assert.Equal(rows, TableAfter("| benchmark | median |"));
    }

    [Fact]
    public void Every_ratio_of_the_page_was_recorded()
    {
        var intervals = Recorded.GetProperty("ratio_interval");
        var rows = Recorded.GetProperty("ratios").EnumerateObject().Select(ratio =>
            $"| {ratio.Name} | {Short(ratio.Value.GetDouble())} | {Short(intervals.GetProperty(ratio.Name), "low")} | {Short(intervals.GetProperty(ratio.Name), "high")} |");

        Assert.Equal(rows, TableAfter("| ratio (of speeds;"));
    }

    private static IEnumerable<string> TableAfter(string heading) => Page
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|'));

    private static string Short(JsonElement of, string name) => Short(of.GetProperty(name).GetDouble());

    private static string Short(double value) => value.ToString(value < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
