using Atlas.Domain;

namespace Atlas.Contracts.Playbooks;

/// <summary>What a session tells its learning key when it has finished.</summary>
/// <param name="Outcome">Reward, usage and figures; the key counts the session once.</param>
/// <param name="Teaches">Whether it may feed the synthesizer now.</param>
/// <param name="IsLateReward">Whether the session got its reward after its end: of one that was counted without, the reward is counted, once.</param>
[GenerateSerializer, Immutable, Alias("atlas.finished-session")]
public sealed record FinishedSession(
    [property: Id(3)] SessionOutcome Outcome,
    [property: Id(2)] bool Teaches,
    [property: Id(4)] bool IsLateReward = false);
