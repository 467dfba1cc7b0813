using Atlas.Reports.Statistics;
using Xunit;

namespace Atlas.Reports.Tests.Statistics;

public sealed class DifferenceIntervalTests
{
    /// <summary>Newcombe, Statistics in Medicine 17 (1998) 873, table II, method 10.</summary>
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void Shares_have_the_intervals_that_Newcombe_published(int a, int m, int b, int n, double low, double high)
    {
        var interval = DifferenceInterval.Newcombe((double)b / n, n, (double)a / m, m, 0.95);
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    /// <summary>Wilson's interval for 81 of 263, as in the same author's paper on single proportions, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void A_share_has_the_interval_that_Newcombe_published(int r, int n, double low, double high)
    {
        var (foundLow, foundHigh) = DifferenceInterval.Wilson((double)r / n, n, 0.95);
        Assert.Equal(low, foundLow, 4);
        Assert.Equal(high, foundHigh, 4);
    }

    /// <summary>Welch's test of these samples gives p = 0.021378; an interval of confidence 1 − p ends at 0.</summary>
    [Fact]
    public void Numbers_have_the_interval_that_belongs_to_Welchs_test()
    {
        double[] left = [27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4];
        double[] right = [27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0, 24.8, 20.2, 21.9, 22.1, 22.9, 20.5, 24.4];
        var interval = DifferenceInterval.Of(Alone(left), Alone(right, 1000), 1 - 0.021378001462867, paired: false)!;
        Assert.Equal("welch", interval.Method);
        Assert.Equal(0, interval.Low, 6);
        Assert.Equal(2 * (right.Average() - left.Average()), interval.High, 6);
    }

    /// <summary>Student's sleep data: paired, mean difference 1.58, 95% interval 0.7001142 to 2.4598858.</summary>
    [Fact]
    public void Paired_tasks_have_the_interval_of_Students_paired_test()
    {
        double[] first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        double[] second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        var interval = DifferenceInterval.Of(Alone(first), Alone(second), 0.95, paired: true)!;
        Assert.Equal(0.7001142, interval.Low, 6);
        Assert.Equal(2.4598858, interval.High, 6);
    }

    [Fact]
    public void Running_a_task_again_is_no_new_evidence()
    {
        double[] left = [0, 1, 0, 1, 0, 0, 1, 0];
        double[] right = [1, 1, 0, 1, 1, 0, 1, 1];
        var once = DifferenceInterval.Of(Alone(left), Alone(right), 0.95, paired: false)!;
        var often = DifferenceInterval.Of(Repeated(left, 50), Repeated(right, 50), 0.95, paired: false)!;
        Assert.Equal("welch-by-task", often.Method);
        Assert.Equal(once.Low, often.Low, 9);
        Assert.Equal(once.High, often.High, 9);
    }

    [Fact]
    public void Rewards_without_any_spread_get_an_honest_interval()
    {
        var interval = DifferenceInterval.Of(
            Alone([.. Enumerable.Repeat(0.8, 6)]), Alone([.. Enumerable.Repeat(0.9, 6)], 1000), 0.95, paired: false)!;
        Assert.True(interval.Low < 0 && interval.High > 0.1, "six equal rewards were taken for certainty");
    }

    [Fact]
    public void Tokens_without_any_spread_get_no_interval() => Assert.Null(DifferenceInterval.Of(
        Alone([.. Enumerable.Repeat(5000.0, 6)]), Alone([.. Enumerable.Repeat(6000.0, 6)], 1000), 0.95, paired: false));

    /// <summary>Each sample a thousand times: an interval of 95% misses the truth in about 5% of them.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public void Intervals_hold_the_truth_as_often_as_they_say(int runsPerTask, bool paired)
    {
        const int Seed = 20260311;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var held = 0;
        const int Samples = 1000;
        for (var sample = 0; sample < Samples; sample++)
        {
            var control = new Arm();
            var treatment = new Arm();
            for (var task = 0; task < 40; task++)
            {
                var hard = random.NextDouble();
                var (left, right) = (task, paired ? task : 1000 + task);
                var other = paired ? hard : random.NextDouble();
                for (var run = 0; run < runsPerTask; run++)
                {
                    control.Add(left, random.NextDouble() < hard ? 1 : 0);
                    treatment.Add(right, random.NextDouble() < other ? 1 : 0);
                }
            }

            var interval = DifferenceInterval.Of(control, treatment, 0.95, paired)!;
            held += interval.Low <= 0 && interval.High >= 0 ? 1 : 0;
        }

        Assert.InRange(held, 0.92 * Samples, 0.985 * Samples);
    }

    internal static Arm Alone(double[] values, int firstTask = 0) => Repeated(values, 1, firstTask);

    internal static Arm Repeated(double[] values, int times, int firstTask = 0)
    {
        var arm = new Arm();
        for (var index = 0; index < values.Length; index++)
        {
            for (var time = 0; time < times; time++)
            {
                arm.Add(firstTask + index, values[index]);
            }
        }

        return arm;
    }
}
