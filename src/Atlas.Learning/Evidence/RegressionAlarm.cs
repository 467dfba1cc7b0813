using System.Collections.Immutable;

namespace Atlas.Learning.Evidence;

/// <summary>Detects that rewards have declined where nothing is randomised (a Shiryaev–Roberts e-detector).</summary>
/// <remarks>While the expected reward is no lower than usual minus the slack, the average number of sessions before a false alarm is at
/// least the level that raises it. Depends on the order of sessions. Immutable.</remarks>
public sealed record RegressionAlarm
{
    private const double Highest = 1e300;
    private static readonly ImmutableArray<double> Bets = [0.1, 0.25, 0.5];

    /// <summary>No sessions seen.</summary>
    public static RegressionAlarm None { get; } = new();

    /// <summary>The statistics of three bets, from 0.</summary>
    public ImmutableArray<double> Statistics { get; init; } = [0, 0, 0];

    /// <summary>The statistic that is compared with the limit.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public double Level => Statistics.Sum(value => value / Statistics.Length);

    /// <summary>Returns the alarm with one more session.</summary>
    /// <param name="expected">The usual reward for its task, 0 to 1.</param>
    /// <param name="reward">The reward it got, 0 to 1.</param>
    /// <param name="slack">A decline that is ignored, 0 to 0.5.</param>
    public RegressionAlarm Add(double expected, double reward, double slack)
    {
        if (expected is not (>= 0 and <= 1) || reward is not (>= 0 and <= 1) || slack is not (>= 0 and <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(reward), $"Rewards must be from 0 to 1 and the slack from 0 to 0.5; they are {expected}, {reward} and {slack}.");
        }

        var excess = reward - (expected - slack);
        return this with { Statistics = [.. Statistics.Zip(Bets, (value, bet) => Math.Min((1 + value) * (1 - (bet * excess)), Highest))] };
    }
}
