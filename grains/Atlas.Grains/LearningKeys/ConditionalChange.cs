using Atlas.Contracts.Playbooks;
using Atlas.Learning.Journal;

namespace Atlas.Grains.LearningKeys;

/// <summary>A change that is conditional on the version the caller saw, and has an operation id from the caller.</summary>
internal static class ConditionalChange
{
    public static Decision<bool> Of(Attribution by, LearningKeyState state, Func<LearningKeyState, Decision<bool>> decide)
    {
        if (by.OnlyAtVersion is { } version && version != state.Version)
        {
            throw new RefusedException($"The change is meant for version {version}, but this learning key has moved on to version {state.Version}. Read that version, then decide again.");
        }

        var decision = decide(state);
        return by.OperationId is null ? decision : decision with { Events = [.. decision.Events.Select(change => change with { OperationId = by.OperationId })] };
    }
}
