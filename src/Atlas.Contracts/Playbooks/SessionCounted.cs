namespace Atlas.Contracts.Playbooks;

/// <summary>A learning key's answer to a reported session, given after its state was written.</summary>
/// <param name="Counted">True if this call counted the session; false if it was counted before.</param>
/// <param name="Teaches">Whether the session feeds the synthesizer.</param>
/// <param name="PlaybookVersion">The version that was current then.</param>
/// <param name="KnowsReward">Whether the key has the reported late reward. Also false from a silo that does not support late rewards.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-counted")]
public sealed record SessionCounted(
    [property: Id(0)] bool Counted,
    [property: Id(1)] bool Teaches,
    [property: Id(2)] int PlaybookVersion,
    [property: Id(3)] bool KnowsReward = false);
