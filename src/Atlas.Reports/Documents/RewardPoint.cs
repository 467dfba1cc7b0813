namespace Atlas.Reports.Documents;

/// <summary>Consecutive rewarded sessions that are drawn as one point.</summary>
/// <param name="FirstSession">Position of the first among all sessions of the report, from 0.</param>
/// <param name="LastSession">Position of the last.</param>
/// <param name="Count">The number of sessions.</param>
/// <param name="Mean">Mean of their rewards.</param>
/// <param name="Variance">Variance of their rewards (n − 1).</param>
/// <param name="FirstAt">When the first began.</param>
/// <param name="LastAt">When the last began.</param>
public sealed record RewardPoint(
    long FirstSession, long LastSession, long Count, double Mean, double Variance, DateTimeOffset FirstAt, DateTimeOffset LastAt);
