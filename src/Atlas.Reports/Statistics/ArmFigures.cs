namespace Atlas.Reports.Statistics;

/// <summary>One side of a comparison.</summary>
/// <param name="Label">What its sessions have in common.</param>
/// <param name="Sessions">Sessions with a number.</param>
/// <param name="Tasks">Different tasks among them.</param>
/// <param name="Mean">Mean of the numbers; null without one.</param>
/// <param name="Stddev">Their spread (n − 1); null with fewer than two.</param>
public sealed record ArmFigures(string Label, long Sessions, int Tasks, double? Mean, double? Stddev)
{
    /// <summary>Mean tokens of the sessions with known tokens; null if there are none.</summary>
    public double? MeanTokens { get; init; }

    /// <summary>Mean cost in US dollars of the sessions with known cost; null if there are none.</summary>
    public double? MeanCostUsd { get; init; }

    /// <summary>Mean time from start to end in seconds, over sessions that were not recorded elsewhere; null if none is known.</summary>
    public double? MeanSeconds { get; init; }

    internal static ArmFigures Of(string label, Arm arm) => new(
        label, arm.Moments.Count, arm.Tasks.Count, arm.Moments.MeanOrNull, arm.Moments.Count > 1 ? arm.Moments.StandardDeviation : null)
    {
        MeanTokens = arm.Costs.Tokens,
        MeanCostUsd = arm.Costs.CostUsd,
        MeanSeconds = arm.Costs.Seconds,
    };
}
