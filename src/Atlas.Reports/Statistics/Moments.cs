namespace Atlas.Reports.Statistics;

/// <summary>Count, mean and spread of numbers that are seen once and not kept (Welford's method).</summary>
internal struct Moments
{
    private double _squares;

    public long Count { get; private set; }

    public double Mean { get; private set; }

    /// <summary>Variance of the sample, divided by n − 1; 0 for fewer than two numbers.</summary>
    public readonly double Variance => Count > 1 ? _squares / (Count - 1) : 0;

    public readonly double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The mean, or null without a number.</summary>
    public readonly double? MeanOrNull => Count > 0 ? Mean : null;

    public void Add(double value)
    {
        Count++;
        var distance = value - Mean;
        Mean += distance / Count;
        _squares += distance * (value - Mean);
    }

    /// <summary>Adds all of another's numbers.</summary>
    public void Add(Moments other)
    {
        if (other.Count == 0)
        {
            return;
        }

        var count = Count + other.Count;
        var distance = other.Mean - Mean;
        _squares += other._squares + (distance * distance * Count * other.Count / count);
        Mean += distance * other.Count / count;
        Count = count;
    }

    /// <summary>Creates moments from recorded figures.</summary>
    public static Moments Of(long count, double mean, double standardDeviation) => new()
    {
        Count = count,
        Mean = mean,
        _squares = standardDeviation * standardDeviation * Math.Max(0, count - 1),
    };
}
