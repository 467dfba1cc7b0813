using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Benchmarks.Harness;

/// <summary>The ratios of an earlier run, as <c>--json</c> wrote them.</summary>
/// <param name="Ratios">The medians, by name.</param>
/// <param name="RatioInterval">The 95% intervals of the true medians, by name.</param>
internal sealed record RecordedReport(IReadOnlyDictionary<string, double> Ratios, IReadOnlyDictionary<string, RecordedInterval> RatioInterval)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">The file does not exist or is not a report; the message says which.</exception>
    public static RecordedReport Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RecordedReport>(File.ReadAllBytes(path), AtlasJson.Options) is { Ratios: not null, RatioInterval: not null } report
                ? report
                : throw new InvalidDataException($"{path} has no 'ratios' and 'ratio_interval'; it has to be what `atlas bench --json` writes.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} cannot be read as JSON (line {exception.LineNumber + 1}); it has to be what `atlas bench --json` writes.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Compares the ratios of this run with the earlier ones.</summary>
    public IReadOnlyList<Change> Compare(BenchmarkReport report) =>
    [
        .. report.Ratios.Select(now => Ratios.TryGetValue(now.Name, out var median) && RatioInterval.TryGetValue(now.Name, out var interval)
            ? new Change(now.Name, median, now.Median, now.High < interval.Low ? "lower" : now.Low > interval.High ? "higher" : "same")
            : new Change(now.Name, null, now.Median, "new")),
    ];
}

/// <summary>An interval of a ratio.</summary>
internal sealed record RecordedInterval(double Low, double High);

/// <summary>A ratio in the earlier run and in this one.</summary>
/// <param name="Name">The ratio.</param>
/// <param name="Recorded">Its median in the earlier run; null if it was not measured there.</param>
/// <param name="Now">Its median in this run.</param>
/// <param name="Verdict"><c>lower</c> or <c>higher</c> if the two intervals do not overlap, <c>same</c> if they do, <c>new</c> if there is
/// nothing to compare with.</param>
internal sealed record Change(string Name, double? Recorded, double Now, string Verdict);
