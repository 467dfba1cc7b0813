namespace Atlas.Storage.Learning;

/// <summary>What the journal says about a counted session.</summary>
/// <param name="Teaches">Whether it teaches or has taught.</param>
/// <param name="HasReward">Whether its reward was counted, with it or later.</param>
public sealed record RecordedStanding(bool Teaches, bool HasReward);
