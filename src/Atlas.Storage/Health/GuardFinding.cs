namespace Atlas.Storage.Health;

/// <summary>A problem that a silo's guard found in its database.</summary>
/// <param name="Sentence">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Refuses">Whether learning could be lost or counted twice because of it, so that nothing is written until it is
/// fixed.</param>
public sealed record GuardFinding(string Sentence, string Remedy, bool Refuses);
