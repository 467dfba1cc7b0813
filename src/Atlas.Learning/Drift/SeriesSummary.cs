using Atlas.Domain;

namespace Atlas.Learning.Drift;

/// <summary>Mean, median and spread of a series of numbers.</summary>
/// <remarks>A figure outside the range of a double is null.</remarks>
/// <param name="Mean">Null if the series is empty.</param>
/// <param name="Median">Of an even number of values, the mean of the middle two; null if the series is empty.</param>
/// <param name="StandardDeviation">Of the population; 0 for a single value, null if the series is empty.</param>
public sealed record SeriesSummary(double? Mean, double? Median, double? StandardDeviation)
{
    /// <summary>Summarises some values.</summary>
    public static SeriesSummary Of(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            return new SeriesSummary(null, null, null);
        }

        // Equal values have no spread, however the mean was rounded.
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / values.Count;
        var deviation = values.Min() == values.Max() ? 0 : Math.Sqrt(variance);
        return new SeriesSummary(Finite.OrNull(mean), Finite.OrNull(MedianOf(values)), Finite.OrNull(deviation));
    }

    internal static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
