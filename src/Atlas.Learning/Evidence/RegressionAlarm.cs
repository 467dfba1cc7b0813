using System.Collections.Immutable;

namespace Atlas.Learning.Evidence;

/// <summary>Notices that rewards have become lower than they were, where nothing is randomised (an e-detector of Shiryaev and Roberts).</summary>
/// <remarks>While the expected reward is no lower than usual less the slack, a false alarm takes at least so many sessions on average as
/// the level that raises it. Depends on the order of sessions. Immutable.</remarks>
public sealed record RegressionAlarm
{
    private const double Highest = 1e300;
    private static readonly ImmutableArray<double> Bets = [0.1, 0.25, 0.5];

    /// <summary>Nothing seen.</summary>
    public static RegressionAlarm None { get; } = new();

    /// <summary>The statistics of three bets, from 0.</summary>
    public ImmutableArray<double> Statistics { get; init; } = [0, 0, 0];

    /// <summary>What is held against the limit.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double Level => Statistics.Sum(value => value / Statistics.Length);

    /// <summary>With one session more.</summary>
    /// <param name="expected">The reward that is usual for its task, 0 to 1.</param>
    /// <param name="reward">The reward it got, 0 to 1.</param>
    /// <param name="slack">A decline that is let pass, 0 to 0.5.</param>
    public RegressionAlarm Add(double expected, double reward, double slack)
    {
        if (expected is not (>= 0 and <= 1) || reward is not (>= 0 and <= 1) || slack is not (>= 0 and <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(reward), $"Rewards must lie from 0 to 1 and the slack from 0 to 0.5; they are {expected}, {reward} and {slack}.");
        }

        var excess = reward - (expected - slack);
        return this with { Statistics = [.. Statistics.Zip(Bets, (value, bet) => Math.Min((1 + value) * (1 - (bet * excess)), Highest))] };
    }
}
