namespace Atlas.Domain.Usage;

/// <summary>An entry whose cue fired.</summary>
/// <param name="EntryId">The entry's id.</param>
/// <param name="Type">The type of its cue.</param>
/// <param name="Pattern">The pattern of its cue.</param>
[GenerateSerializer, Immutable, Alias("atlas.cue-hit")]
public sealed record CueHit([property: Id(0)] string EntryId, [property: Id(1)] string Type, [property: Id(2)] string Pattern);
