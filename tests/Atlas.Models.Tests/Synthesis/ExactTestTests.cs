using Atlas.Models.Synthesis.Offline;
using Xunit;

namespace Atlas.Models.Tests.Synthesis;

public sealed class ExactTestTests
{
    [Theory]
    // Fisher's tea tasting: of eight cups four had milk first, three of them were found.
    [InlineData(3, 1, 1, 3, 17.0 / 70)]
    [InlineData(4, 0, 0, 4, 1.0 / 70)]
    // Fisher's twins: of 13 monozygotic convicts' twins ten were convicted, of 17 dizygotic ones two.
    [InlineData(10, 3, 2, 15, 0.000465)]
    public void One_stratum_of_rewards_is_Fishers_exact_test(int goodWith, int badWith, int goodWithout, int badWithout, double p)
    {
        (bool, int)[] units =
        [
            .. Enumerable.Repeat((true, 1), goodWith), .. Enumerable.Repeat((true, 0), badWith),
            .. Enumerable.Repeat((false, 1), goodWithout), .. Enumerable.Repeat((false, 0), badWithout),
        ];

        Assert.Equal(p, new ExactTest().Run([Stratum.Of(units)]).More, 6);
    }

    [Fact]
    public void Strata_of_small_numbers_agree_with_counting_every_arrangement()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            var strata = Enumerable.Range(0, random.Next(1, 4))
                .Select(_ => Enumerable.Range(0, random.Next(2, 6)).Select(_ => (Shows: random.Next(2) == 0, Value: random.Next(4))).ToArray())
                .ToList();
            var (more, less) = Enumerate(strata);

            var result = new ExactTest().Run(strata.Select(units => Stratum.Of(units)));

            Assert.True(Math.Abs(more - result.More) < 1e-9, $"seed {seed}: more {result.More}, counted {more}");
            Assert.True(Math.Abs(less - result.Less) < 1e-9, $"seed {seed}: less {result.Less}, counted {less}");
            Assert.True(result.SmallestMore <= result.More + 1e-12 && result.SmallestLess <= result.Less + 1e-12, $"seed {seed}");
        }
    }

    private static (double More, double Less) Enumerate(List<(bool Shows, int Value)[]> strata)
    {
        var sums = new List<int> { 0 };
        foreach (var units in strata)
        {
            var showing = units.Count(unit => unit.Shows);
            var ways = Enumerable.Range(0, 1 << units.Length)
                .Where(choice => int.PopCount(choice) == showing)
                .Select(choice => units.Where((_, i) => (choice >> i & 1) == 1).Sum(unit => unit.Value))
                .ToList();
            sums = [.. sums.SelectMany(sum => ways.Select(way => sum + way))];
        }

        var observed = strata.Sum(units => units.Where(unit => unit.Shows).Sum(unit => unit.Value));
        return ((double)sums.Count(sum => sum >= observed) / sums.Count, (double)sums.Count(sum => sum <= observed) / sums.Count);
    }
}
