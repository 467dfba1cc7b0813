using System.Collections.Immutable;

namespace Atlas.Learning.Journal;

/// <summary>The result of a command.</summary>
/// <param name="Events">The events, not yet numbered; empty if everything is already as requested.</param>
/// <param name="Result">The answer to the caller once the events are stored.</param>
public readonly record struct Decision<T>(ImmutableArray<LearningKeyEvent> Events, T Result);
