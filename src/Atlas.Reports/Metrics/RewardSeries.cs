using System.Collections.Immutable;
using Atlas.Reports.Documents;
using Atlas.Reports.Statistics;

namespace Atlas.Reports.Metrics;

/// <summary>The rewards in order, in at most <see cref="MostPoints"/> points however many there are: when they are full, every two are
/// merged into one.</summary>
internal sealed class RewardSeries
{
    public const int MostPoints = 512;

    private readonly List<Point> _points = [];
    private int _perPoint = 1;

    public void Add(long session, DateTimeOffset at, double score)
    {
        if (_points.Count == 0 || _points[^1].Moments.Count >= _perPoint)
        {
            if (_points.Count == MostPoints)
            {
                Halve();
            }

            if (_points.Count == 0 || _points[^1].Moments.Count >= _perPoint)
            {
                _points.Add(new Point { First = session, FirstAt = at });
            }
        }

        var point = _points[^1];
        point.Moments.Add(score);
        point.Last = session;
        point.LastAt = at;
    }

    public ImmutableArray<RewardPoint> Build() =>
    [
        .. _points.Select(point => new RewardPoint(
            point.First, point.Last, point.Moments.Count, point.Moments.Mean, point.Moments.Variance, point.FirstAt, point.LastAt)),
    ];

    private void Halve()
    {
        for (var i = 0; i < MostPoints / 2; i++)
        {
            var (left, right) = (_points[2 * i], _points[(2 * i) + 1]);
            left.Moments.Add(right.Moments);
            (left.Last, left.LastAt) = (right.Last, right.LastAt);
            _points[i] = left;
        }

        _points.RemoveRange(MostPoints / 2, MostPoints / 2);
        _perPoint *= 2;
    }

    private sealed class Point
    {
        // A field, because the struct is mutable.
        public Moments Moments;

        public long First { get; init; }

        public DateTimeOffset FirstAt { get; init; }

        public long Last { get; set; }

        public DateTimeOffset LastAt { get; set; }
    }
}
