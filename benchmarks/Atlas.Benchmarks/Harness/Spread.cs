namespace Atlas.Benchmarks.Harness;

/// <summary>The median of some samples, and their spread.</summary>
internal readonly record struct Spread(double P10, double Median, double P90)
{
    /// <param name="samples">The samples, at least one, in any order.</param>
    public static Spread Of(IEnumerable<double> samples)
    {
        var sorted = samples.Order().ToArray();
        return new Spread(At(0.1), At(0.5), At(0.9));

        // Between two samples, the value is interpolated linearly.
        double At(double share)
        {
            var place = share * (sorted.Length - 1);
            var below = (int)place;
            var above = Math.Min(below + 1, sorted.Length - 1);
            return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
        }
    }
}
