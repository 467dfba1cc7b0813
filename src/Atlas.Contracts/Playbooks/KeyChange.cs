namespace Atlas.Contracts.Playbooks;

/// <summary>The result of a command on a learning key.</summary>
/// <param name="Version">The newest version right after the command, before any later change.</param>
/// <param name="Changed">False if the key was already in the requested state.</param>
/// <param name="Current">The version that the next session gets. On a staged or pinned key it can differ from the newest; null if no version
/// reaches prompts.</param>
[GenerateSerializer, Immutable, Alias("atlas.key-change")]
public sealed record KeyChange([property: Id(0)] int Version, [property: Id(1)] bool Changed, [property: Id(2)] int? Current = null);
