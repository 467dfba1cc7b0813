namespace Atlas.Contracts.Playbooks;

/// <summary>The key's answer, given after its state was written.</summary>
/// <param name="Counted">True if this call counted the session; false if it had been counted before.</param>
/// <param name="Teaches">Whether the session feeds the synthesizer.</param>
/// <param name="PlaybookVersion">The version that was current then.</param>
[GenerateSerializer, Immutable, Alias("atlas.session-counted")]
public sealed record SessionCounted(
    [property: Id(0)] bool Counted,
    [property: Id(1)] bool Teaches,
    [property: Id(2)] int PlaybookVersion);
