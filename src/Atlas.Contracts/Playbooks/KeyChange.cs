namespace Atlas.Contracts.Playbooks;

/// <summary>What a command changed.</summary>
/// <param name="Version">The playbook's version right after it, before any later change.</param>
/// <param name="Changed">False if everything was as asked already.</param>
[GenerateSerializer, Immutable, Alias("atlas.key-change")]
public sealed record KeyChange([property: Id(0)] int Version, [property: Id(1)] bool Changed);
