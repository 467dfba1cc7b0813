namespace Atlas.Contracts.Playbooks;

/// <summary>Who makes a change, and why. Both go into the journal.</summary>
/// <param name="Author">A person or a program; not blank.</param>
/// <param name="Reason">The reason; null if none was given.</param>
[GenerateSerializer, Immutable, Alias("atlas.attribution")]
public sealed record Attribution([property: Id(0)] string Author, [property: Id(1)] string? Reason)
{
    /// <summary>Gets the identity of the change. A change with the same identity is made once, and repeating it fails. Null for none.</summary>
    [Id(2)]
    public string? OperationId { get; init; }

    /// <summary>Gets the version that must still be the newest for the change to be made; null to make it on any version.</summary>
    [Id(3)]
    public int? OnlyAtVersion { get; init; }
}
