using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Domain;
using Atlas.Learning.Compatibility;

namespace Atlas.Learning.Drift;

/// <summary>What the rewards of a learning key usually look like.</summary>
public sealed record DriftBaseline
{
    /// <summary>The largest number of sessions in the baseline.</summary>
    public int Window { get; init; }

    /// <summary>The number of sessions in it.</summary>
    public int SampleCount { get; init; }

    public double? ScoreMean { get; init; }

    public double? ScoreMedian { get; init; }

    public double? ScoreStddev { get; init; }

    public double? UncertaintyMean { get; init; }

    public double? UncertaintyMedian { get; init; }

    public double? UncertaintyStddev { get; init; }

    public double? BestUncertaintyMean { get; init; }

    public double? BestUncertaintyMedian { get; init; }

    public double? BestUncertaintyStddev { get; init; }

    /// <summary>The single values; not part of what is stored with a session.</summary>
    [JsonIgnore]
    public ImmutableArray<double> Scores { get; init; } = [];

    /// <inheritdoc cref="Scores"/>
    [JsonIgnore]
    public ImmutableArray<double> Uncertainties { get; init; } = [];

    /// <inheritdoc cref="Scores"/>
    [JsonIgnore]
    public ImmutableArray<double> BestUncertainties { get; init; } = [];

    /// <summary>Returns the baseline over a window of samples.</summary>
    /// <param name="samples">Sessions other than the one to judge; those without a score are skipped.</param>
    /// <param name="window">How many of the newest (last) samples count, at least 1.</param>
    public static DriftBaseline Of(IEnumerable<RewardSample> samples, int window) => Of(samples, window, ReferenceRules.None);

    internal static DriftBaseline Of(IEnumerable<RewardSample> samples, int window, ReferenceRules rules)
    {
        ArgumentNullException.ThrowIfNull(samples);
        var countable = samples.Where(sample => sample.Score is not null || rules.BaselineCountsEveryRow);
        return Over([.. countable.TakeLast(Math.Max(window, 1))], Math.Max(window, 1));
    }

    private static DriftBaseline Over(ImmutableArray<RewardSample> samples, int window)
    {
        var scores = Values(samples, sample => sample.Score);
        var uncertainties = Values(samples, sample => sample.Uncertainty);
        var best = Values(samples, sample => sample.BestUncertainty);
        var score = SeriesSummary.Of(scores);
        var uncertainty = SeriesSummary.Of(uncertainties);
        var bestUncertainty = SeriesSummary.Of(best);
        return new DriftBaseline
        {
            Window = window,
            SampleCount = samples.Length,
            ScoreMean = score.Mean,
            ScoreMedian = score.Median,
            ScoreStddev = score.StandardDeviation,
            UncertaintyMean = uncertainty.Mean,
            UncertaintyMedian = uncertainty.Median,
            UncertaintyStddev = uncertainty.StandardDeviation,
            BestUncertaintyMean = bestUncertainty.Mean,
            BestUncertaintyMedian = bestUncertainty.Median,
            BestUncertaintyStddev = bestUncertainty.StandardDeviation,
            Scores = scores,
            Uncertainties = uncertainties,
            BestUncertainties = best,
        };
    }

    private static ImmutableArray<double> Values(ImmutableArray<RewardSample> samples, Func<RewardSample, double?> value) =>
        [.. samples.Select(value).Where(number => number is { } known && double.IsFinite(known)).Select(number => number!.Value)];
}
