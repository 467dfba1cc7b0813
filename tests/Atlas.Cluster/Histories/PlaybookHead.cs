using Atlas.Cluster.Linearizability;

namespace Atlas.Cluster.Histories;

/// <summary>What the head of a playbook does: imports and rollbacks append a version, a resolve returns the last one.</summary>
internal sealed class PlaybookHead : IModel<HeadState, HeadOperation>
{
    public HeadState Initial => HeadState.Empty;

    public HeadState? Apply(HeadState state, HeadOperation operation) => operation.Kind switch
    {
        HeadCall.Resolve => operation.Version == state.Version && operation.Answer == state.Text ? state : null,
        HeadCall.Import => Answered(operation, state.With(operation.Text!)),
        _ => state.TextOf(operation.Target) is { } text ? Answered(operation, state.With(text)) : null,
    };

    // Without an answer every version is possible.
    private static HeadState? Answered(HeadOperation operation, HeadState after) =>
        operation.Version is { } version && version != after.Version ? null : after;
}
