using Atlas.Contracts.Playbooks;

namespace Atlas.Benchmarks.Silo;

/// <summary>A silo over a database of its own, in which one learning key has some sessions behind it.</summary>
/// <param name="Name">The history's name, such as <c>1e6</c>.</param>
/// <param name="Key">The key, active.</param>
/// <param name="Sessions">Sessions in its history.</param>
internal sealed record HistorySilo(string Name, ILearningKeyGrain Key, int Sessions);
