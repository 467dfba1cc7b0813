namespace Atlas.Storage.Health;

/// <summary>Something that a silo's guard found wrong with what it stands on.</summary>
/// <param name="Sentence">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Refuses">Whether what is learned could get lost or be counted twice like this, so that nothing is written until it is put right.</param>
public sealed record GuardFinding(string Sentence, string Remedy, bool Refuses);
