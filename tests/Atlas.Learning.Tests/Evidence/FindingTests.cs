using Atlas.Learning.Evidence;
using CsCheck;
using Xunit;

namespace Atlas.Learning.Tests.Evidence;

/// <summary>How many sessions, how many claims, how many lost.</summary>
public sealed class FindingTests
{
    [Fact]
    public void Twenty_points_at_a_base_rate_of_one_half_take_about_265_sessions()
    {
        Assert.Equal(266, SessionsNeeded.For(-0.2, 0.5));
        Assert.Equal(737, SessionsNeeded.For(0.2, 0.1));
        Assert.Equal(266, SessionsNeeded.Missing(TrialEvidence.None, 0.2, 0.5));
        var evidence = Enumerable.Range(0, 73).Aggregate(TrialEvidence.None, (sum, i) => sum.Add(new TrialObservation(i < 38, 0.5, 0.5, i % 2)));
        Assert.Equal(193, SessionsNeeded.Missing(evidence, 0.2, 0.5));
        Assert.Equal(0, SessionsNeeded.Missing(evidence, 0.9, 0.5));
    }

    [Fact]
    public void Rewards_that_vary_less_take_fewer_sessions()
    {
        var evidence = Enumerable.Range(0, 100).Aggregate(TrialEvidence.None, (sum, i) => sum.Add(new TrialObservation(i % 2 == 0, 0.5, 0.5, i / 2 % 2 == 0 ? 0.4 : 0.6)));
        Assert.InRange(evidence.Variance, 0.01, 0.03);
        Assert.Equal(0, SessionsNeeded.Missing(evidence, 0.2, 0.5));
    }

    [Fact]
    public void An_absurdly_small_difference_takes_very_many_sessions() => Assert.True(SessionsNeeded.For(1e-200, 0.5) > 1_000_000_000);

    [Fact]
    public void Claims_without_evidence_are_never_made_and_overwhelming_ones_always() =>
        Gen.Double[-5, 15].Array[0, 30].Sample(logs =>
        {
            var made = FalseDiscoveries.Controlled(logs);
            var weakest = made.IsEmpty ? double.PositiveInfinity : made.Min(index => logs[index]);
            return made.SequenceEqual(made.Order())
                && logs.Select((log, index) => made.Contains(index) == (log >= weakest)).All(agrees => agrees)
                && logs.Select((log, index) => log < Math.Log(logs.Length / 0.05) || made.Contains(index)).All(holds => holds)
                && made.All(index => logs[index] >= Math.Log(20));
        });

    [Fact]
    public void Sessions_lost_on_one_side_are_noticed_also_where_the_share_changed_meanwhile()
    {
        Assert.False(SampleRatio.IsBroken(Counts((0.5, 100, 95), (0.9, 190, 20))));
        Assert.True(SampleRatio.IsBroken(Counts((0.5, 150, 70), (0.9, 190, 20))));

        // Together the counts look as they should; by share they do not.
        Assert.True(SampleRatio.IsBroken(Counts((0.5, 160, 40), (0.9, 120, 80))));
    }

    [Fact]
    public void A_broken_assignment_is_seldom_seen_where_nothing_is_broken()
    {
        const int Seed = 14;
        var random = new Random(Seed);
        var broken = Enumerable.Range(0, 300).Count(_ =>
        {
            var (shown, held, seen) = (0, 0, false);
            for (var i = 0; i < 400; i++)
            {
                (shown, held) = random.NextDouble() < 0.8 ? (shown + 1, held) : (shown, held + 1);
                seen |= SampleRatio.LogE(shown, held, 0.8) >= Math.Log(SampleRatio.Broken);
            }

            return seen;
        });
        Assert.True(broken <= 2, $"{broken} of 300, seed {Seed}");
    }

    private static ShareCounts Counts(params (double P, int Shown, int Held)[] groups) =>
        ShareCounts.Of(groups.Select(group => new ShareCount((int)Math.Round(group.P * ShareCounts.Steps), group.Shown, group.Held)));
}
