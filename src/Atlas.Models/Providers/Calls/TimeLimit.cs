using Atlas.Learning.Options;

namespace Atlas.Models.Providers.Calls;

/// <summary>The time limit of a call.</summary>
internal static class TimeLimit
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Returns the limit within the range of timers; infinite if none is set.</summary>
    public static TimeSpan Of(LlmParameters parameters) => parameters.TimeoutSeconds switch
    {
        0 => Timeout.InfiniteTimeSpan,
        var seconds when seconds >= Longest.TotalSeconds => Longest,
        var seconds => TimeSpan.FromSeconds(Math.Max(seconds, Shortest.TotalSeconds)),
    };
}
