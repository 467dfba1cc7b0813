namespace Atlas.Cluster.Linearizability;

/// <summary>An operation with the times between which it must have taken effect, in any unit that only grows.</summary>
/// <param name="Operation">What was asked and answered.</param>
/// <param name="Invoked">When it was sent.</param>
/// <param name="Returned">When its answer came; null if none came, so that it took effect at some time or never.</param>
internal sealed record Interval<TOperation>(TOperation Operation, long Invoked, long? Returned);
