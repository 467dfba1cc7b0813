using System.Collections.Immutable;
using System.Globalization;
using Atlas.Reports.Files;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Html;

/// <summary>Draws the difference of each comparison with its interval around zero.</summary>
internal static class DifferenceChart
{
    private const int Width = 960;
    private const double Left = 330;
    private const double Right = Width - 30;
    private const double RowHeight = 46;
    private const double Head = 12;

    /// <summary>Draws the picture; null if no comparison has an interval.</summary>
    public static string? Draw(ImmutableArray<RewardComparison> comparisons, double confidence, string id)
    {
        var rows = comparisons.Where(comparison => comparison.Interval is not null).ToList();
        if (rows.Count == 0)
        {
            return null;
        }

        var bottom = Head + (rows.Count * RowHeight);
        var svg = new Svg(Width, (int)bottom + 46);
        var reach = Math.Max(0.05, rows.Max(row => Math.Max(Math.Abs(row.Interval!.Low), Math.Abs(row.Interval.High))) * 1.02);
        double X(double value) => Left + ((Right - Left) * (value + reach) / (2 * reach));
        for (var step = -2; step <= 2; step++)
        {
            var value = reach * step / 2;
            svg.Line(X(value), Head, X(value), bottom, step == 0 ? "zero" : "grid");
            svg.Text(X(value), bottom + 16, value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture), "tick", "middle");
        }

        svg.Text(X(0) - 10, bottom + 36, "◀ lower", "note", "end");
        svg.Text(X(0) + 10, bottom + 36, "higher ▶", "note");
        for (var row = 0; row < rows.Count; row++)
        {
            Draw(svg, rows[row], Head + (row * RowHeight) + (RowHeight / 2), X);
        }

        var words = string.Join(" ", rows.Select(row => $"{Words.Title(row)}: {row.Reason}."));
        return svg.Build(id, $"Differences of mean rewards with {Words.Confidence(confidence)} intervals", words);
    }

    private static void Draw(Svg svg, RewardComparison row, double y, Func<double, double> x)
    {
        var style = row.Verdict switch { Verdict.Helps => "good", Verdict.Hurts => "bad", _ => "unsure" };
        var interval = row.Interval!;
        svg.Text(Left - 16, y - 3, Words.Line(Words.Title(row), 46), "row", "end");
        svg.Text(
            Left - 16, y + 13,
            string.Create(CultureInfo.InvariantCulture, $"n={row.Treatment.Sessions} vs {row.Control.Sessions}, {row.Verdict.Words}"), "tick faint", "end");
        svg.Line(x(interval.Low), y, x(interval.High), y, $"reach {style}");
        svg.Line(x(interval.Low), y - 6, x(interval.Low), y + 6, $"reach {style}");
        svg.Line(x(interval.High), y - 6, x(interval.High), y + 6, $"reach {style}");
        svg.Circle(x(row.Difference ?? 0), y, 5.5, $"centre {style}", row.Reason);
    }
}
