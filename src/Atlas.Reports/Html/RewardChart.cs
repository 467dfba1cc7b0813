using System.Collections.Immutable;
using System.Globalization;
using Atlas.Reports.Documents;
using Atlas.Reports.Files;
using Atlas.Reports.Statistics;
using MathNet.Numerics.Distributions;

namespace Atlas.Reports.Html;

/// <summary>Draws the reward of a key from its first session to its last, with the versions of its playbook on the axis.</summary>
internal sealed class RewardChart
{
    private const int Width = 960;
    private const int Height = 360;
    private const double Left = 52;
    private const double Right = Width - 18;
    private const double Top = 14;
    private const double Bottom = Height - 84;
    private const double MarkLane = Bottom + 60;
    private const int MostDots = 400;
    private const int Groups = 36;
    private const int FewestPerGroup = 5;
    private const double LabelWidth = 30;
    private const int MostMarkLines = 60;

    private readonly LearningReport _report;
    private readonly Svg _svg = new(Width, Height);
    private readonly double _low;
    private readonly double _high;

    private RewardChart(LearningReport report)
    {
        _report = report;
        _low = Math.Min(0, report.RewardSeries.Min(point => point.Mean));
        _high = Math.Max(1, report.RewardSeries.Max(point => point.Mean));
    }

    /// <summary>Draws the picture; null if there is no reward to draw.</summary>
    public static string? Draw(LearningReport report, string id)
    {
        if (report.RewardSeries.IsEmpty)
        {
            return null;
        }

        var chart = new RewardChart(report);
        var groups = chart.Grouped();
        chart.DrawGrid();
        chart.DrawVersions();
        chart.DrawDots();
        chart.DrawMeans(groups);
        chart.DrawTimes();
        return chart._svg.Build(id, $"Reward over time of {report.LearningKey}", chart.Describe(groups));
    }

    private void DrawGrid()
    {
        for (var step = 0; step <= 4; step++)
        {
            var value = _low + ((_high - _low) * step / 4);
            _svg.Line(Left, Y(value), Right, Y(value), "grid");
            _svg.Text(Left - 8, Y(value) + 4, value.ToString("0.00", CultureInfo.InvariantCulture), "tick", "end");
        }

        _svg.Text(Left, MarkLane + 18, "▲ a version of the playbook begins here", "note");
        _svg.Text(Right, MarkLane + 18, $"band: {Words.Confidence(_report.Evidence.Confidence)} interval of the mean", "note", "end");
    }

    private void DrawVersions()
    {
        var versions = _report.PlaybookVersions;
        var lastLabel = double.NegativeInfinity;
        foreach (var version in versions)
        {
            var x = X(version.SessionsBefore - 0.5);
            var name = string.Create(CultureInfo.InvariantCulture, $"v{version.Version}");
            if (versions.Length <= MostMarkLines)
            {
                _svg.Line(x, Top, x, Bottom, "mark-line");
            }

            _svg.Text(x, Bottom + 12, "▲", "mark", "middle");
            if (x - lastLabel >= LabelWidth)
            {
                _svg.Text(x, MarkLane - 2, name, "mark-name", "middle");
                lastLabel = x;
            }

            _svg.Rectangle(
                x - 4, Top, 8, Bottom - Top + 14, "tip",
                $"{name}, {version.Cause ?? "no cause named"}, {Words.Time(version.CreatedAt)}, after {version.SessionsBefore} sessions");
        }
    }

    private void DrawDots()
    {
        if (_report.Reward.OverallCount > MostDots)
        {
            return;
        }

        foreach (var point in _report.RewardSeries.Where(point => point.Count == 1))
        {
            _svg.Circle(
                X(point.FirstSession), Y(point.Mean), 2.6, "dot",
                $"session {point.FirstSession + 1} of {_report.SessionCount}, reward {Words.Number(point.Mean)}, {Words.Time(point.FirstAt)}");
        }
    }

    private void DrawMeans(List<Group> groups)
    {
        if (groups.Count > 1)
        {
            _svg.Path(
                groups.Select(group => (group.X, Y(group.High))).Concat(groups.AsEnumerable().Reverse().Select(group => (group.X, Y(group.Low)))),
                closed: true, "band");
            _svg.Path(groups.Select(group => (group.X, Y(group.Mean))), closed: false, "means");
        }

        foreach (var group in groups)
        {
            _svg.Circle(
                group.X, Y(group.Mean), groups.Count > 1 ? 3.4 : 5, "mean",
                $"sessions {group.First + 1} to {group.Last + 1}: mean reward {Words.Number(group.Mean)}, {Words.Number(group.Low)} to {Words.Number(group.High)} (n={group.Count})");
        }
    }

    private void DrawTimes()
    {
        var span = _report.RewardSeries[^1].LastAt - _report.RewardSeries[0].FirstAt;
        var format = span < TimeSpan.FromMinutes(2) ? "HH:mm:ss" : span < TimeSpan.FromDays(2) ? "MM-dd HH:mm" : "yyyy-MM-dd";
        var last = Math.Max(0, _report.SessionCount - 1);
        var ticks = (int)Math.Min(6, _report.SessionCount);
        for (var tick = 0; tick < ticks; tick++)
        {
            var session = ticks == 1 ? 0 : (long)Math.Round((double)last * tick / (ticks - 1));
            var nearest = _report.RewardSeries.MinBy(point => Math.Abs(((point.FirstSession + point.LastSession) / 2) - session))!;
            var anchor = tick == 0 ? "start" : tick == ticks - 1 ? "end" : "middle";
            _svg.Text(X(session), Bottom + 28, string.Create(CultureInfo.InvariantCulture, $"session {session + 1}"), "tick", anchor);
            _svg.Text(X(session), Bottom + 42, nearest.FirstAt.UtcDateTime.ToString(format, CultureInfo.InvariantCulture), "tick faint", anchor);
        }
    }

    private List<Group> Grouped()
    {
        var perGroup = Math.Max(FewestPerGroup, (long)Math.Ceiling((double)_report.Reward.OverallCount / Groups));
        var groups = new List<Group>();
        var moments = default(Moments);
        var first = _report.RewardSeries[0].FirstSession;
        for (var i = 0; i < _report.RewardSeries.Length; i++)
        {
            var point = _report.RewardSeries[i];
            first = moments.Count == 0 ? point.FirstSession : first;
            moments.Add(Moments.Of(point.Count, point.Mean, Math.Sqrt(point.Variance)));
            var isLast = i == _report.RewardSeries.Length - 1;

            // A small remainder is drawn separately, with a wide band, instead of joining the group before it.
            if (moments.Count >= perGroup || (isLast && moments.Count > 1) || (isLast && groups.Count == 0))
            {
                groups.Add(GroupOf(first, point.LastSession, moments));
                moments = default;
            }
        }

        return groups;
    }

    private Group GroupOf(long first, long last, Moments moments)
    {
        var confidence = _report.Evidence.Confidence;
        var reach = moments.Count > 1
            ? moments.StandardDeviation / Math.Sqrt(moments.Count) * StudentT.InvCDF(0, 1, moments.Count - 1, 1 - ((1 - confidence) / 2))
            : 0;
        var (low, high) = (moments.Mean - reach, moments.Mean + reach);
        if (moments.Mean is >= 0 and <= 1 && _low >= 0 && _high <= 1)
        {
            // If all rewards of a group are equal, their spread says nothing; Wilson's interval is valid for any rewards in 0 to 1.
            var wilson = DifferenceInterval.Wilson(moments.Mean, moments.Count, confidence);
            (low, high) = moments.Variance <= 0 ? wilson : (Math.Max(0, low), Math.Min(1, high));
        }

        return new Group(first, last, (X(first) + X(last)) / 2, moments.Count, moments.Mean, Math.Max(_low, low), Math.Min(_high, high));
    }

    private string Describe(List<Group> groups) => string.Create(
        CultureInfo.InvariantCulture,
        $"{_report.Reward.OverallCount} rewards, mean {Words.Number(_report.Reward.OverallMean)}; the mean goes from {Words.Number(groups[0].Mean)} in the first group of sessions to {Words.Number(groups[^1].Mean)} in the last. {_report.PlaybookVersions.Length} versions of the playbook are marked.");

    private double X(double session) => Left + 8 + ((Right - Left - 16) * (session / Math.Max(1, _report.SessionCount - 1)));

    private double Y(double reward) => Bottom - ((Bottom - Top) * (reward - _low) / (_high - _low));

    private sealed record Group(long First, long Last, double X, long Count, double Mean, double Low, double High);
}
