namespace Atlas.Learning.Rewards;

/// <summary>Decides when to retry a judging that gave no reward.</summary>
public static class JudgingRetry
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private const double Growth = 3;

    /// <summary>Returns the delay after an attempt; null if it was the last one.</summary>
    /// <param name="attempt">The number of the attempt, from 1.</param>
    /// <param name="maxAttempts">The largest number of attempts.</param>
    public static TimeSpan? PauseAfter(int attempt, int maxAttempts) => attempt >= maxAttempts
        ? null
        : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(Growth, Math.Clamp(attempt - 1, 0, 20))));
}
