using Atlas.Contracts.Playbooks;
using Atlas.Learning.Journal;

namespace Atlas.Grains.LearningKeys;

/// <summary>A change that a caller ties to the version it saw, and to an operation of its own.</summary>
internal static class ConditionalChange
{
    public static Decision<bool> Of(Attribution by, LearningKeyState state, Func<LearningKeyState, Decision<bool>> decide)
    {
        if (by.OnlyAtVersion is { } version && version != state.Version)
        {
            throw new RefusedException($"The change is meant for version {version}, and this learning key has moved on to version {state.Version}.");
        }

        var decision = decide(state);
        return by.OperationId is null ? decision : decision with { Events = [.. decision.Events.Select(change => change with { OperationId = by.OperationId })] };
    }
}
