using System.Collections.Immutable;

namespace Atlas.Learning.Evidence;

/// <summary>Selects which of many claims can be made together (e-BH): of those made, the expected share of wrong ones is at most α, however
/// the claims depend on each other.</summary>
public static class FalseDiscoveries
{
    /// <summary>Returns the indices, ascending, of the claims that can be made.</summary>
    /// <param name="logs">The logarithm of the e-value of every claim that was ever tried; leaving out failed ones invalidates the
    /// result.</param>
    /// <param name="alpha">Above 0 and below 1.</param>
    public static ImmutableArray<int> Controlled(IReadOnlyList<double> logs, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(logs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(alpha, 1);
        var ranked = Enumerable.Range(0, logs.Count).OrderByDescending(index => logs[index]).ThenBy(index => index).ToArray();
        var count = 0;
        for (var rank = 1; rank <= ranked.Length; rank++)
        {
            if (logs[ranked[rank - 1]] >= Math.Log(ranked.Length / (rank * alpha)))
            {
                count = rank;
            }
        }

        return [.. ranked.Take(count).Order()];
    }
}
