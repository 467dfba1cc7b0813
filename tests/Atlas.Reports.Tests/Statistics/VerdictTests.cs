using Atlas.Reports.Statistics;
using Xunit;

namespace Atlas.Reports.Tests.Statistics;

public sealed class VerdictTests
{
    [Fact]
    public void A_clear_rise_helps_a_clear_fall_hurts_and_no_difference_is_no_evidence()
    {
        double[] low = [.. Enumerable.Range(0, 60).Select(index => index % 4 == 0 ? 1.0 : 0.0)];
        double[] high = [.. Enumerable.Range(0, 60).Select(index => index % 4 == 0 ? 0.0 : 1.0)];
        Assert.Equal(Verdict.Helps, Compare(low, high).Verdict);
        Assert.Equal(Verdict.Hurts, Compare(high, low).Verdict);
        var same = Compare(low, low);
        Assert.Equal(Verdict.NotEnoughEvidence, same.Verdict);
        Assert.Contains("which includes 0", same.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Four_sessions_are_too_few_however_far_apart()
    {
        var comparison = Compare([0, 0, 0, 0], [.. Enumerable.Repeat(1.0, 100)]);
        Assert.Equal(Verdict.NotEnoughEvidence, comparison.Verdict);
        Assert.Contains("100 rewarded sessions on one side, 4 on the other, 104 tasks", comparison.Reason, StringComparison.Ordinal);
    }

    /// <summary>0.50 in four sessions, then 1.00 in four: what the quickstart leaves behind.</summary>
    [Fact]
    public void A_few_sessions_are_told_how_many_more_they_need()
    {
        var comparison = Compare([0, 1, 0, 1], [1, 1, 1, 1]);
        Assert.Equal(Verdict.NotEnoughEvidence, comparison.Verdict);
        Assert.Matches(
            @"^not enough evidence: the mean reward differs by \+0\.500, 95% interval .*; 4 rewarded sessions on one side, 4 on the other, 8 tasks; about \d+ more sessions, with at least 2 more tasks, are needed to detect a difference of 0\.20$",
            comparison.Reason);
    }

    [Fact]
    public void Five_of_five_against_most_of_fifty_is_no_verdict() =>
        Assert.Equal(Verdict.NotEnoughEvidence, Compare([.. Enumerable.Range(0, 50).Select(index => index < 45 ? 1.0 : 0.0)], [1, 1, 1, 1, 1]).Verdict);

    [Fact]
    public void Ten_tasks_that_ran_often_enough_are_enough()
    {
        var (control, treatment) = (new Arm(), new Arm());
        for (var run = 0; run < 60; run++)
        {
            control.Add(run % 10, run % 7 == 0 ? 1 : 0);
            treatment.Add(run % 10, run % 7 == 0 ? 0 : 1);
        }

        Assert.Equal(Verdict.Helps, RewardComparison.Of("arm_vs_arm", "old", control, "new", treatment, 0.95, paired: false).Verdict);
    }

    [Theory]
    [InlineData("recent_vs_baseline")]
    [InlineData("newest_version_vs_before")]
    public void Earlier_and_later_sessions_are_a_trend_and_no_verdict(string kind)
    {
        var (control, treatment) = (DifferenceIntervalTests.Alone([.. Enumerable.Repeat(0.0, 99), 1]), DifferenceIntervalTests.Alone([.. Enumerable.Repeat(1.0, 99), 0], 10_000));
        var comparison = RewardComparison.Of(kind, "before", control, "after", treatment, 0.95, paired: false);
        Assert.Equal(Verdict.Trend, comparison.Verdict);
        Assert.StartsWith("a trend: the mean reward rose by 0.980, 95% interval", comparison.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_interval_of_rewards_goes_beyond_what_rewards_can_differ_by(bool paired)
    {
        const int Seed = 20261128;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var sample = 0; sample < 300; sample++)
        {
            double[] Some() => [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => random.Next(3) == 0 ? random.NextDouble() : random.Next(2))];
            var interval = DifferenceInterval.Of(DifferenceIntervalTests.Alone(Some()), DifferenceIntervalTests.Alone(Some(), paired ? 0 : 1000), 0.99, paired);
            Assert.True(interval is null or { Low: >= -1, High: <= 1 }, $"{interval}");
        }
    }

    [Fact]
    public void One_task_run_often_says_nothing_of_others()
    {
        var control = new Arm();
        var treatment = new Arm();
        for (var run = 0; run < 40; run++)
        {
            control.Add(7, run % 4 == 0 ? 1 : 0);
            treatment.Add(7, run % 4 == 0 ? 0 : 1);
        }

        var comparison = RewardComparison.Of("arm_vs_arm", "old", control, "new", treatment, 0.95, paired: false);
        Assert.Equal(Verdict.NotEnoughEvidence, comparison.Verdict);
        Assert.True(comparison.Interval!.Low > 0);
        Assert.Contains("9 more tasks", comparison.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_at_all_is_said_to_be_nothing()
    {
        var comparison = Compare([], []);
        Assert.Equal(Verdict.NotEnoughEvidence, comparison.Verdict);
        Assert.Null(comparison.Difference);
        Assert.Null(comparison.Interval);
    }

    private static RewardComparison Compare(double[] control, double[] treatment) => RewardComparison.Of(
        "arm_vs_arm", "control", DifferenceIntervalTests.Alone(control), "treatment",
        DifferenceIntervalTests.Alone(treatment, 10_000), 0.95, paired: false);
}
