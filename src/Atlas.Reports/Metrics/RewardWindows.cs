using Atlas.Reports.Documents;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Metrics;

/// <summary>The newest rewards, and those just before them; no reward is in both windows.</summary>
internal sealed class RewardWindows(ReportSettings settings)
{
    private readonly Queue<(long Task, double Score)> _recent = new();
    private readonly Queue<(long Task, double Score)> _baseline = new();
    private Moments _all;
    private double? _latest;

    public void Add(long task, double score)
    {
        _all.Add(score);
        _latest = score;
        _recent.Enqueue((task, score));
        if (_recent.Count > settings.RecentWindow)
        {
            _baseline.Enqueue(_recent.Dequeue());
        }

        if (_baseline.Count > settings.BaselineWindow)
        {
            _baseline.Dequeue();
        }
    }

    public RewardComparison Compare() => RewardComparison.Of(
        "recent_vs_baseline", "baseline", ArmOf(_baseline), "recent", ArmOf(_recent), settings.Confidence, settings.Paired);

    public RewardMomentum Build(ReportWindow recent, ReportWindow baseline)
    {
        var comparison = Compare();
        return new RewardMomentum
        {
            RecentMean = comparison.Treatment.Mean,
            RecentCount = comparison.Treatment.Sessions,
            RecentStddev = comparison.Treatment.Stddev,
            BaselineMean = comparison.Control.Mean,
            BaselineCount = comparison.Control.Sessions,
            Delta = comparison.Difference,
            DeltaInterval = comparison.Interval,
            LatestScore = _latest,
            OverallMean = _all.MeanOrNull,
            OverallCount = _all.Count,
            RecentWindow = recent,
            BaselineWindow = baseline,
        };
    }

    private static Arm ArmOf(IEnumerable<(long Task, double Score)> scores)
    {
        var arm = new Arm();
        foreach (var (task, score) in scores)
        {
            arm.Add(task, score);
        }

        return arm;
    }
}
