namespace Atlas.Contracts.Playbooks;

/// <summary>Who changes something, and why. Both go into the journal.</summary>
/// <param name="Author">A person or a program; not blank.</param>
/// <param name="Reason">In the author's words; null if none was given.</param>
[GenerateSerializer, Immutable, Alias("atlas.attribution")]
public sealed record Attribution([property: Id(0)] string Author, [property: Id(1)] string? Reason);

/// <summary>What a command changed.</summary>
/// <param name="Version">The playbook's version after it.</param>
/// <param name="Changed">False if everything was as asked already.</param>
[GenerateSerializer, Immutable, Alias("atlas.key-change")]
public sealed record KeyChange([property: Id(0)] int Version, [property: Id(1)] bool Changed);
