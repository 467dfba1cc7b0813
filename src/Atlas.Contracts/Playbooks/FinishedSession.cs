namespace Atlas.Contracts.Playbooks;

/// <summary>What a session tells its learning key when it has finished.</summary>
/// <param name="SessionId">The session; the key counts it once.</param>
/// <param name="OutcomeJson">Reward, usage and figures, as <c>Atlas.Learning.Sessions.SessionOutcome</c> in JSON.</param>
/// <param name="Teaches">Whether it may feed the synthesizer now.</param>
[GenerateSerializer, Immutable, Alias("atlas.finished-session")]
public sealed record FinishedSession(
    [property: Id(0)] long SessionId,
    [property: Id(1)] string OutcomeJson,
    [property: Id(2)] bool Teaches);
