using Atlas.Reports.Statistics;

namespace Atlas.Reports.Documents;

/// <summary>How a model's figures differ from those of an earlier run.</summary>
/// <param name="SessionCountDelta">Sessions more; negative for a model that is gone.</param>
/// <param name="RewardMeanDelta">Null if either run has no reward of it.</param>
/// <param name="RewardMeanDeltaInterval">Null where the earlier report does not tell its spread.</param>
public sealed record ModelDelta(long SessionCountDelta, double? RewardMeanDelta, Interval? RewardMeanDeltaInterval = null);
