using Atlas.Learning.Evidence;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>Intervals for arms that nobody randomised, and for new tasks.</summary>
public sealed class AlwaysValidIntervalTests
{
    [Fact]
    public void It_is_wider_than_a_fixed_one_and_holds_the_difference()
    {
        var bounds = AlwaysValidInterval.Of(0.1, 0.05);
        Assert.True(bounds.Low < 0.1 - (1.96 * 0.05) && bounds.High > 0.1 + (1.96 * 0.05));
        Assert.Equal(0.2, bounds.Low + bounds.High, 1e-12);
        Assert.Equal(new ConfidenceSequence(-1, 1), AlwaysValidInterval.Within(AlwaysValidInterval.Of(0.1, 2)));
    }

    [Fact]
    public void Five_of_five_against_forty_five_of_fifty_has_no_verdict()
    {
        Assert.True(AlwaysValidInterval.IsTooFew(55, 55));
        Assert.True(AlwaysValidInterval.IsTooFew(9, 1000));
        Assert.False(AlwaysValidInterval.IsTooFew(10, 100));
        var error = AlwaysValidInterval.FlooredError(0, 55, 50, 5, 50)!.Value;
        Assert.True(AlwaysValidInterval.Of(0.1, error) is { Low: < 0, High: > 0 });
    }

    [Fact]
    public void Arms_whose_rewards_are_all_equal_have_an_error_all_the_same()
    {
        Assert.True(AlwaysValidInterval.FlooredError(0, 20, 200, 100, 100) > 0);
        Assert.Equal(0.1, AlwaysValidInterval.FlooredError(0.009, 20, 100, 10_000, 10_000)!.Value, 1e-12);
        Assert.Null(AlwaysValidInterval.FlooredError(0.01, 2, 100, 100, 100));
    }

    [Fact]
    public void An_effect_that_differs_between_tasks_is_not_claimed_for_new_ones()
    {
        const int Seed = 3;
        var random = new Random(Seed);
        var uneven = NewTaskEffect.Of(Sessions(random, task => task < 6 ? 0.4 : task < 10 ? -0.4 : 0, 12))!;
        Assert.True(uneven.Bounds is { Low: < 0, High: > 0 }, $"{uneven}, seed {Seed}");
        var even = NewTaskEffect.Of(Sessions(random, _ => 0.4, 12))!;
        Assert.True(even.Bounds.Low > 0 && even.Effect is > 0.3 and < 0.5, $"{even}, seed {Seed}");
        Assert.Null(NewTaskEffect.Of(Sessions(random, _ => 0.4, 9)));
    }

    private static IEnumerable<(string Task, TrialObservation Observation)> Sessions(Random random, Func<int, double> effect, int tasks)
    {
        for (var i = 0; i < 1200; i++)
        {
            var shown = random.NextDouble() < 0.5;
            var rate = 0.5 + (shown ? effect(i % tasks) : 0);
            yield return ($"{i % tasks}", new TrialObservation(shown, 0.5, 0.5, random.NextDouble() < rate ? 1 : 0));
        }
    }
}
