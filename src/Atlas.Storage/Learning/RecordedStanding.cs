namespace Atlas.Storage.Learning;

/// <summary>What the journal says of a counted session.</summary>
/// <param name="Teaches">Whether it teaches or has taught.</param>
public sealed record RecordedStanding(bool Teaches);
