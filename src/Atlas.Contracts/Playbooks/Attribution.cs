namespace Atlas.Contracts.Playbooks;

/// <summary>Who changes something, and why. Both go into the journal.</summary>
/// <param name="Author">A person or a program; not blank.</param>
/// <param name="Reason">In the author's words; null if none was given.</param>
[GenerateSerializer, Immutable, Alias("atlas.attribution")]
public sealed record Attribution([property: Id(0)] string Author, [property: Id(1)] string? Reason)
{
    /// <summary>The identity of the change: a change with the same one is made once, and its repetition fails. Null for none.</summary>
    [Id(2)]
    public string? OperationId { get; init; }

    /// <summary>Makes the change only while this is the newest version; null makes it on any.</summary>
    [Id(3)]
    public int? OnlyAtVersion { get; init; }
}
