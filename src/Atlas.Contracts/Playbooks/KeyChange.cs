namespace Atlas.Contracts.Playbooks;

/// <summary>What a command changed.</summary>
/// <param name="Version">The newest version right after it, before any later change.</param>
/// <param name="Changed">False if everything was as asked already.</param>
/// <param name="Current">The version that the next session is given; another than the newest on a staged or pinned key, and
/// null if none reaches its prompts.</param>
[GenerateSerializer, Immutable, Alias("atlas.key-change")]
public sealed record KeyChange([property: Id(0)] int Version, [property: Id(1)] bool Changed, [property: Id(2)] int? Current = null);
