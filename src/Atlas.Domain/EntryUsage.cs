namespace Atlas.Domain;

/// <summary>How often one entry was hit in one session.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-usage")]
public sealed record EntryUsage
{
    /// <summary>The entry.</summary>
    [Id(0)]
    public required string EntryId { get; init; }

    /// <summary><c>student</c> or <c>teacher</c>; recordings of others may name another.</summary>
    [Id(1)]
    public string Role { get; init; } = "student";

    /// <summary>How often its cue fired.</summary>
    [Id(2)]
    public int CueHits { get; init; }

    /// <summary>How often its tool was used after that.</summary>
    [Id(3)]
    public int Adoptions { get; init; }

    /// <summary>How often with success.</summary>
    [Id(4)]
    public int SuccessfulAdoptions { get; init; }

    /// <summary>How often without.</summary>
    [Id(5)]
    public int FailedAdoptions { get; init; }
}
