namespace Atlas.Models.Synthesis.Offline;

/// <summary>The probability by chance of an outcome at least as extreme.</summary>
/// <param name="More">The probability that units with the trait achieve at least what they did.</param>
/// <param name="Less">The probability that they achieve at most what they did.</param>
/// <param name="SmallestMore">The smallest <paramref name="More"/> that any outcome could have given.</param>
/// <param name="SmallestLess">The smallest <paramref name="Less"/> that any outcome could have given.</param>
internal readonly record struct ExactResult(double More, double Less, double SmallestMore, double SmallestLess);

/// <summary>A one-sided exact permutation test over strata.</summary>
/// <remarks>
/// Within each stratum, every choice of the units that show the trait is equally probable; the achievements of the strata add up. With one
/// stratum and achievements of 0 and 1 this is Fisher's exact test. One instance serves one synthesis, because it remembers the counts of
/// subsets, which many traits share. Not thread-safe.
/// </remarks>
internal sealed class ExactTest
{
    private readonly Dictionary<string, double[][]> _subsets = new(StringComparer.Ordinal);

    public ExactResult Run(IEnumerable<Stratum> strata)
    {
        double[] all = [1];
        var observed = 0;
        foreach (var stratum in strata.Where(stratum => stratum.Informative))
        {
            all = Convolve(all, Distribution(stratum));
            observed += stratum.Achieved;
        }

        var first = Array.FindIndex(all, p => p > 0);
        var last = Array.FindLastIndex(all, p => p > 0);
        // Summed from the far end, where the terms are smallest.
        return new(Tail(all, last, observed), Tail(all, first, observed), all[last], all[first]);
    }

    private double[] Distribution(Stratum stratum)
    {
        var ways = Subsets(stratum.Values)[stratum.Showing];
        var total = ways.Sum();
        return Array.ConvertAll(ways, count => count / total);
    }

    /// <summary>Returns, for each subset size and each sum, how many subsets of the values there are.</summary>
    private double[][] Subsets(int[] values)
    {
        var key = string.Join(',', values);
        if (_subsets.TryGetValue(key, out var known))
        {
            return known;
        }

        var largest = values.Sum();
        var ways = new double[values.Length + 1][];
        for (var size = 0; size < ways.Length; size++)
        {
            ways[size] = new double[largest + 1];
        }

        ways[0][0] = 1;
        for (var taken = 0; taken < values.Length; taken++)
        {
            var value = values[taken];
            for (var size = taken; size >= 0; size--)
            {
                for (var sum = largest - value; sum >= 0; sum--)
                {
                    ways[size + 1][sum + value] += ways[size][sum];
                }
            }
        }

        return _subsets[key] = ways;
    }

    private static double[] Convolve(double[] left, double[] right)
    {
        var result = new double[left.Length + right.Length - 1];
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] == 0)
            {
                continue;
            }

            for (var j = 0; j < right.Length; j++)
            {
                result[i + j] += left[i] * right[j];
            }
        }

        return result;
    }

    private static double Tail(double[] distribution, int from, int to)
    {
        var sum = 0d;
        var step = from <= to ? 1 : -1;
        for (var i = from; i != to + step; i += step)
        {
            sum += distribution[i];
        }

        return Math.Min(1, sum);
    }
}
