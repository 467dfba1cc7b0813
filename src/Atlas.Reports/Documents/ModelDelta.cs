using Atlas.Reports.Statistics;

namespace Atlas.Reports.Documents;

/// <summary>The differences between a model's figures and those of an earlier run.</summary>
/// <param name="SessionCountDelta">The change in the number of sessions; negative for a model that is gone.</param>
/// <param name="RewardMeanDelta">The change in the mean reward; null if either run has no reward for the model.</param>
/// <param name="RewardMeanDeltaInterval">The interval of that change; null if the earlier report does not contain its spread.</param>
public sealed record ModelDelta(long SessionCountDelta, double? RewardMeanDelta, Interval? RewardMeanDeltaInterval = null);
