namespace Atlas.Contracts.Playbooks;

/// <summary>The key's answer, given after its state was written.</summary>
/// <param name="Counted">True if this call counted the session; false if it had been counted before.</param>
/// <param name="Teaches">Whether the session feeds the synthesizer.</param>
/// <param name="PlaybookVersion">The version that was current then.</param>
/// <param name="KnowsReward">Whether the key has the late reward that it was told of; false also from a silo that knows of none.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-counted")]
public sealed record SessionCounted(
    [property: Id(0)] bool Counted,
    [property: Id(1)] bool Teaches,
    [property: Id(2)] int PlaybookVersion,
    [property: Id(3)] bool KnowsReward = false);
