using Atlas.Learning.Rewards;
using Xunit;

namespace Atlas.Learning.Tests.Rewards;

public sealed class JudgingRetryTests
{
    [Fact]
    public void Pauses_grow_to_half_an_hour_and_end_with_the_last_attempt()
    {
        int[] expected = [10, 30, 90, 270, 810, 1800, 1800];

        Assert.Equal(expected, Enumerable.Range(1, 7).Select(attempt => (int)JudgingRetry.PauseAfter(attempt, 8)!.Value.TotalSeconds));
        Assert.Null(JudgingRetry.PauseAfter(8, 8));
        Assert.Null(JudgingRetry.PauseAfter(9, 8));
        Assert.Equal(TimeSpan.FromMinutes(30), JudgingRetry.PauseAfter(int.MaxValue - 1, int.MaxValue));
    }
}
