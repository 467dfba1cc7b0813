namespace Atlas.Cluster.Linearizability;

/// <summary>What one object does when its operations come one after the other.</summary>
internal interface IModel<TState, TOperation>
    where TState : IEquatable<TState>
{
    TState Initial { get; }

    /// <summary>The state after the operation; null if an operation with this answer is impossible in that state.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="operation">What was asked and answered. If the answer never came, any is possible.</param>
    TState? Apply(TState state, TOperation operation);
}
