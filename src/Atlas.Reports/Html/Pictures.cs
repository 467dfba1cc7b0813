using System.Collections.Immutable;
using System.Globalization;
using Atlas.Reports.Documents;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Html;

/// <summary>Draws pictures for pages, as SVG without a style: the page's style sheet has the classes.</summary>
public static class Pictures
{
    private const int TrendWidth = 120;
    private const int TrendHeight = 28;
    private const int BarWidth = 160;
    private const int BarHeight = 18;

    /// <summary>Draws the reward of a key over its sessions, with its versions on the axis; null if there is no reward to draw.</summary>
    /// <param name="report">The figures of the key.</param>
    /// <param name="id">An id that is unique within the page.</param>
    public static string? Rewards(LearningReport report, string id) => RewardChart.Draw(report, id);

    /// <summary>Draws differences with their intervals around zero; null if none has an interval.</summary>
    public static string? Differences(ImmutableArray<RewardComparison> comparisons, double confidence, string id) =>
        DifferenceChart.Draw(comparisons, confidence, id);

    /// <summary>Draws the newest rewards of a key as a line; null for fewer than two.</summary>
    /// <param name="scores">The rewards, 0 to 1, oldest first.</param>
    public static string? Trend(ImmutableArray<double> scores)
    {
        if (scores.Length < 2)
        {
            return null;
        }

        var svg = new Svg(TrendWidth, TrendHeight);
        double X(int at) => 2 + ((TrendWidth - 4) * (double)at / (scores.Length - 1));
        static double Y(double score) => TrendHeight - 3 - ((TrendHeight - 6) * Math.Clamp(score, 0, 1));
        svg.Line(0, Y(0), TrendWidth, Y(0), "grid");
        svg.Path(scores.Select((score, at) => (X(at), Y(score))), closed: false, "means");
        svg.Circle(X(scores.Length - 1), Y(scores[^1]), 2.5, "mean");
        return svg.BuildNamed(string.Create(
            CultureInfo.InvariantCulture, $"The newest {scores.Length} rewards, from {scores[0]:0.00} to {scores[^1]:0.00}, mean {scores.Average():0.00}"), "trend");
    }

    /// <summary>Draws an effect with its bounds around zero, from −1 to 1.</summary>
    /// <param name="effect">The estimate; null for none.</param>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound.</param>
    /// <param name="style"><c>good</c>, <c>bad</c> or <c>unsure</c>.</param>
    /// <param name="words">The same in words.</param>
    public static string Bounds(double? effect, double low, double high, string style, string words)
    {
        var svg = new Svg(BarWidth, BarHeight);
        static double X(double value) => 4 + ((BarWidth - 8) * (Math.Clamp(value, -1, 1) + 1) / 2);
        const double Middle = BarHeight / 2.0;
        svg.Line(X(-1), Middle, X(1), Middle, "grid");
        svg.Line(X(0), 1, X(0), BarHeight - 1, "zero");
        svg.Line(X(low), Middle, X(high), Middle, $"reach {style}");
        if (effect is { } estimate)
        {
            svg.Circle(X(estimate), Middle, 4, $"centre {style}");
        }

        return svg.BuildNamed(words, "bounds");
    }
}
