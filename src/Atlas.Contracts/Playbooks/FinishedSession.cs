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

/// <summary>The key's answer, given after its state was written.</summary>
/// <param name="Counted">True if this call counted the session; false if it had been counted before.</param>
/// <param name="Teaches">Whether the session feeds the synthesizer.</param>
/// <param name="PlaybookVersion">The version that was current then.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-counted")]
public sealed record SessionCounted(
    [property: Id(0)] bool Counted,
    [property: Id(1)] bool Teaches,
    [property: Id(2)] int PlaybookVersion);
