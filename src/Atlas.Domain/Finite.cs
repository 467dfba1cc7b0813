namespace Atlas.Domain;

/// <summary>Arithmetic on figures that are stored: its results are finite, whatever goes in.</summary>
/// <remarks>JSON has no infinity. A figure that became one would make everything it stands in impossible to write: the
/// record of a session, or the state of a learning key.</remarks>
public static class Finite
{
    /// <summary>A spread below this is none: no judge tells rewards apart so finely, and what is divided by it says nothing.</summary>
    public const double SmallestSpread = 1e-9;

    /// <summary>The figure if it is finite, else null. The negative zero becomes 0.</summary>
    public static double? OrNull(double? figure) => figure is { } value && double.IsFinite(value) ? value + 0.0 : null;

    /// <summary>The figure, held within what a double can tell; 0 if it is no number. The negative zero becomes 0.</summary>
    public static double Held(double figure) =>
        double.IsNaN(figure) ? 0 : Math.Clamp(figure, double.MinValue, double.MaxValue) + 0.0;

    /// <summary>How often <paramref name="spread"/> goes into a distance; null without a distance, or where there is no spread.</summary>
    public static double? InSpreads(double? distance, double? spread) =>
        spread >= SmallestSpread ? OrNull(distance / spread) : null;

    /// <summary>The sum of two counts that are not negative. It stays at the largest count instead of running over.</summary>
    public static long Sum(long one, long other) => one > long.MaxValue - other ? long.MaxValue : one + other;
}
