namespace Atlas.Domain;

/// <summary>Arithmetic on stored figures. Results are finite for any input.</summary>
/// <remarks>JSON has no infinity. A single infinite figure would make the document that contains it impossible to write: the record of a
/// session, or the state of a learning key.</remarks>
public static class Finite
{
    /// <summary>The smallest spread that counts. No judge distinguishes rewards more finely, and a quotient with a smaller divisor means
    /// nothing.</summary>
    public const double SmallestSpread = 1e-9;

    /// <summary>Returns the figure if it is finite; otherwise, null. Negative zero becomes 0.</summary>
    public static double? OrNull(double? figure) => figure is { } value && double.IsFinite(value) ? value + 0.0 : null;

    /// <summary>Clamps the figure to the range of a double; NaN becomes 0, and so does negative zero.</summary>
    public static double Held(double figure) =>
        double.IsNaN(figure) ? 0 : Math.Clamp(figure, double.MinValue, double.MaxValue) + 0.0;

    /// <summary>Returns the distance in units of <paramref name="spread"/>; null if there is no distance or no spread.</summary>
    public static double? InSpreads(double? distance, double? spread) =>
        spread >= SmallestSpread ? OrNull(distance / spread) : null;

    /// <summary>Adds two non-negative counts, saturating at the largest count instead of overflowing.</summary>
    public static long Sum(long one, long other) => one > long.MaxValue - other ? long.MaxValue : one + other;
}
