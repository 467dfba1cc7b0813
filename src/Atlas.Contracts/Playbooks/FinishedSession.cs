using Atlas.Domain;

namespace Atlas.Contracts.Playbooks;

/// <summary>What a finished session reports to its learning key.</summary>
/// <param name="Outcome">Reward, usage and figures. The key counts the session once.</param>
/// <param name="Teaches">Whether the session can feed the synthesizer now.</param>
/// <param name="IsLateReward">Whether the reward was given after the session ended. If the session was already counted without one, the key
/// counts the reward once.</param>
[GenerateSerializer, Immutable, Alias("atlas.finished-session")]
public sealed record FinishedSession(
    [property: Id(3)] SessionOutcome Outcome,
    [property: Id(2)] bool Teaches,
    [property: Id(4)] bool IsLateReward = false);
