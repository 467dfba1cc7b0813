namespace Atlas.Domain;

/// <summary>How often an entry was hit in a session.</summary>
[GenerateSerializer, Immutable, Alias("atlas.entry-usage")]
public sealed record EntryUsage
{
    /// <summary>Gets the entry's id.</summary>
    [Id(0)]
    public required string EntryId { get; init; }

    /// <summary>Gets the role: <c>student</c> or <c>teacher</c>. Recordings from other products can name another.</summary>
    [Id(1)]
    public string Role { get; init; } = "student";

    /// <summary>Gets how often its cue fired.</summary>
    [Id(2)]
    public int CueHits { get; init; }

    /// <summary>Gets how often its tool was used after the cue fired.</summary>
    [Id(3)]
    public int Adoptions { get; init; }

    /// <summary>Gets how many of those uses succeeded.</summary>
    [Id(4)]
    public int SuccessfulAdoptions { get; init; }

    /// <summary>Gets how many of those uses failed.</summary>
    [Id(5)]
    public int FailedAdoptions { get; init; }
}
