namespace Atlas.Learning.Rewards;

/// <summary>When a judging that gave no reward is tried again.</summary>
public static class JudgingRetry
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private const double Growth = 3;

    /// <summary>The pause after an attempt; null if it was the last one.</summary>
    /// <param name="attempt">Which attempt it was, from 1.</param>
    /// <param name="maxAttempts">How many there may be.</param>
    public static TimeSpan? PauseAfter(int attempt, int maxAttempts) => attempt >= maxAttempts
        ? null
        : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(Growth, Math.Clamp(attempt - 1, 0, 20))));
}
