using System.Collections.Immutable;

namespace Atlas.Learning.Journal;

/// <summary>What a command leads to.</summary>
/// <param name="Events">What happens, not yet numbered; empty if everything is as asked already.</param>
/// <param name="Result">What the caller is told once the events are stored.</param>
public readonly record struct Decision<T>(ImmutableArray<LearningKeyEvent> Events, T Result);
