using System.Collections.Immutable;
using Atlas.Domain;
using Atlas.Learning.Options;

namespace Atlas.Learning.Drift;

/// <summary>Compares a session's reward with earlier rewards.</summary>
public static class DriftDetector
{
    /// <summary>Makes the median of absolute deviations comparable to a standard deviation of normal values.</summary>
    private const double MadScale = 1.4826;

    /// <summary>Judges a session against the newest rewards of its learning key.</summary>
    /// <param name="past">The earlier rewards. A sample of the session itself is skipped, and so are sessions without a score.</param>
    /// <param name="current">The session's reward.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="learningKey">Goes into the result; null for a window over all keys.</param>
    public static DriftAssessment Assess(ImmutableArray<RewardSample> past, RewardSample current, DriftOptions options, string? learningKey)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(options);
        var samples = past.IsDefault ? [] : past;
        var baseline = DriftBaseline.Of(samples.Where(sample => sample.SessionId != current.SessionId), options.Window);
        return Assess(baseline, current, options, learningKey);
    }

    /// <summary>Judges a session against a baseline that does not contain it.</summary>
    public static DriftAssessment Assess(DriftBaseline baseline, RewardSample current, DriftOptions options, string? learningKey)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(options);
        var score = Deviation.Of(current.Score, baseline.ScoreMean, baseline.ScoreStddev, baseline.Scores);
        var uncertainty = Deviation.Of(
            current.Uncertainty ?? current.BestUncertainty,
            baseline.UncertaintyMean ?? baseline.BestUncertaintyMean,
            baseline.UncertaintyStddev ?? baseline.BestUncertaintyStddev,
            baseline.Uncertainties.IsDefaultOrEmpty ? baseline.BestUncertainties : baseline.Uncertainties);
        var threshold = Math.Max(options.ZThreshold, 0);
        var reason = baseline.SampleCount < Math.Max(options.MinBaseline, 0)
            ? DriftReason.InsufficientBaseline
            : Reason(score, uncertainty, threshold, baseline, options);
        return new DriftAssessment
        {
            Alert = reason is not null and not DriftReason.InsufficientBaseline,
            Reason = reason,
            ScoreDelta = score.Delta,
            ScoreZ = score.Z,
            ScoreMadZ = score.MadZ,
            UncertaintyDelta = uncertainty.Delta,
            UncertaintyZ = uncertainty.Z,
            UncertaintyMadZ = uncertainty.MadZ,
            Threshold = threshold,
            Window = Math.Max(options.Window, 1),
            LearningKey = learningKey,
            Baseline = baseline,
        };
    }

    private static string? Reason(Deviation score, Deviation uncertainty, double threshold, DriftBaseline baseline, DriftOptions options)
    {
        if (Reaches(score.Z, threshold))
        {
            return DriftReason.ScoreZ;
        }

        if (Reaches(score.MadZ, threshold))
        {
            return DriftReason.ScoreMadZ;
        }

        // A history without spread has no z, so only the distance counts.
        if (options.ConstantHistoryFloor is { } floor && baseline.ScoreStddev < Finite.SmallestSpread && score.Delta is { } delta && Math.Abs(delta) > floor)
        {
            return DriftReason.ScoreDelta;
        }

        if (Reaches(uncertainty.Z, threshold))
        {
            return DriftReason.UncertaintyZ;
        }

        return Reaches(uncertainty.MadZ, threshold) ? DriftReason.UncertaintyMadZ : null;
    }

    private static bool Reaches(double? value, double threshold) => value is { } number && Math.Abs(number) >= threshold;

    private readonly record struct Deviation(double? Delta, double? Z, double? MadZ)
    {
        public static Deviation Of(double? value, double? mean, double? deviation, ImmutableArray<double> samples)
        {
            var delta = Finite.OrNull(value - mean);
            return new Deviation(delta, Finite.InSpreads(delta, deviation), value is { } number ? MadOf(number, samples) : null);
        }

        private static double? MadOf(double value, ImmutableArray<double> samples)
        {
            if (samples.IsDefaultOrEmpty)
            {
                return null;
            }

            var median = SeriesSummary.MedianOf(samples);
            var mad = SeriesSummary.MedianOf(samples.Select(sample => Math.Abs(sample - median)));
            return Finite.InSpreads(value - median, mad * MadScale);
        }
    }
}
