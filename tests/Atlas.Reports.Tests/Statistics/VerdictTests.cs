using Atlas.Reports.Statistics;
using Xunit;

namespace Atlas.Reports.Tests.Statistics;

public sealed class VerdictTests
{
    [Fact]
    public void A_clear_rise_helps_a_clear_fall_hurts_and_no_difference_is_no_evidence()
    {
        double[] low = [.. Enumerable.Range(0, 40).Select(index => index % 4 == 0 ? 1.0 : 0.0)];
        double[] high = [.. Enumerable.Range(0, 40).Select(index => index % 4 == 0 ? 0.0 : 1.0)];
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
        Assert.Contains("one side has 4 rewarded sessions, and 5 are needed", comparison.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_task_run_often_is_judged_by_its_runs()
    {
        var control = new Arm();
        var treatment = new Arm();
        for (var run = 0; run < 40; run++)
        {
            control.Add(7, run % 4 == 0 ? 1 : 0);
            treatment.Add(7, run % 4 == 0 ? 0 : 1);
        }

        Assert.Equal(Verdict.Helps, RewardComparison.Of("arm_vs_arm", "old", control, "new", treatment, 0.95, paired: false).Verdict);
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
