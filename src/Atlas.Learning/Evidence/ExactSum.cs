namespace Atlas.Learning.Evidence;

/// <summary>Terms of sums that are the same in any order, and from which a term can be removed without a trace.</summary>
/// <remarks>
/// Floating-point sums depend on the order of their terms. Here each term is rounded to 14 decimals once; a <see cref="decimal"/> then adds
/// without rounding, has no infinity, and can represent sums of 10^13 sessions. The logarithm is implemented here because those of
/// operating systems differ in the last digit, and silos on different systems must arrive at the same state.
/// </remarks>
internal static class ExactSum
{
    private const int Decimals = 14;
    private const double Ln2 = 0.6931471805599453;

    /// <summary>A term from −2 to 2, rounded.</summary>
    public static decimal Term(double value) => decimal.Round((decimal)value, Decimals);

    /// <summary>log(1 + x), rounded.</summary>
    public static decimal Log1P(double x) => Term(LogarithmOf1Plus(x));

    /// <summary>log(1 + x) for x from −0.8 to 0.8, by additions, multiplications and divisions alone.</summary>
    internal static double LogarithmOf1Plus(double x)
    {
        // Into 0.75 … 1.5 by a power of two, then 2·atanh(f / (2 + f)), whose series has converged after twelve terms.
        var (f, powers) = x switch
        {
            < -0.625 => ((4 * (1 + x)) - 1, -2),
            < -0.25 => ((2 * (1 + x)) - 1, -1),
            >= 0.5 => (((1 + x) / 2) - 1, 1),
            _ => (x, 0),
        };
        var s = f / (2 + f);
        var square = s * s;
        var series = 0d;
        for (var odd = 25; odd >= 1; odd -= 2)
        {
            series = (series * square) + (1d / odd);
        }

        return (2 * s * series) + (powers * Ln2);
    }
}
