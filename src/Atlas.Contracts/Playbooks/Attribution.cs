namespace Atlas.Contracts.Playbooks;

/// <summary>Who changes something, and why. Both go into the journal.</summary>
/// <param name="Author">A person or a program; not blank.</param>
/// <param name="Reason">In the author's words; null if none was given.</param>
[GenerateSerializer, Immutable, Alias("atlas.attribution")]
public sealed record Attribution([property: Id(0)] string Author, [property: Id(1)] string? Reason);
