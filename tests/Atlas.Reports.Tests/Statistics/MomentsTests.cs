using Atlas.Reports.Statistics;
using CsCheck;
using Xunit;

namespace Atlas.Reports.Tests.Statistics;

public sealed class MomentsTests
{
    [Fact]
    public void Sums_of_parts_are_the_sum_of_the_whole() => Gen.Select(Gen.Double[-1e3, 1e3].Array[0, 30], Gen.Double[-1e3, 1e3].Array[0, 30])
        .Sample((left, right) =>
        {
            var whole = Of([.. left, .. right]);
            var parts = Of(left);
            parts.Add(Of(right));
            Assert.Equal(whole.Count, parts.Count);
            Assert.Equal(whole.Mean, parts.Mean, 6);
            Assert.Equal(whole.Variance, parts.Variance, 4);
        });

    [Fact]
    public void Small_spreads_around_large_numbers_are_not_lost()
    {
        var moments = Of([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);
        Assert.Equal(30, moments.Variance, 6);
    }

    private static Moments Of(double[] values)
    {
        var moments = default(Moments);
        foreach (var value in values)
        {
            moments.Add(value);
        }

        return moments;
    }
}
