using Atlas.Cluster.Linearizability;

namespace Atlas.Cluster.Histories;

/// <summary>What the head of a playbook does: imports and rollbacks append a version, a resolve returns the last one.</summary>
internal sealed class PlaybookHead : IModel<HeadState, HeadOperation>
{
    private readonly Dictionary<int, string> _texts = [];
    private int _newest = int.MaxValue;

    /// <summary>A head of which the answers in a history are known beforehand. A version has one text for ever, so no change
    /// without an answer can have made one with another, and none
    /// need come after the newest version that was answered, because no answer can follow it there. That spares the checker
    /// most of the ways there are to place them.</summary>
    public static PlaybookHead Knowing(IEnumerable<Interval<HeadOperation>> history)
    {
        var head = new PlaybookHead();
        var answered = history.Where(interval => interval.Returned is not null).Select(interval => interval.Operation).ToList();
        head._newest = answered.Max(operation => operation.Version) ?? 0;
        foreach (var operation in answered)
        {
            if (operation.Kind is not HeadCall.Rollback)
            {
                head._texts.TryAdd(operation.Version!.Value, operation.Text ?? operation.Answer!);
            }
        }

        return head;
    }

    public HeadState Initial => HeadState.Empty;

    public HeadState? Apply(HeadState state, HeadOperation operation) => operation.Kind switch
    {
        HeadCall.Resolve => operation.Version == state.Version && operation.Answer == state.Text ? state : null,
        HeadCall.Import => Answered(operation, state, state.With(operation.Text!)),
        _ => state.TextOf(operation.Target) is { } text ? Answered(operation, state, state.With(text)) : null,
    };

    private HeadState? Answered(HeadOperation operation, HeadState before, HeadState after) => operation.Version is { } version
        ? version == after.Version ? after : null
        : after.Equals(before) || after.Version > _newest || (_texts.TryGetValue(after.Version, out var text) && text != after.Text)
            // A change that had no answer and no effect is as good as one that was never made.
            ? null
            : after;
}
