using Atlas.Contracts.Playbooks;

namespace Atlas.Benchmarks.Silo;

/// <summary>A silo with a separate database, in which one learning key has a history of sessions.</summary>
/// <param name="Name">The history's name, such as <c>1e6</c>.</param>
/// <param name="Key">The key, active.</param>
/// <param name="Sessions">The number of sessions in its history.</param>
internal sealed record HistorySilo(string Name, ILearningKeyGrain Key, int Sessions);
