namespace Atlas.Domain.Usage;

/// <summary>An entry whose cue showed.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Type">Kind of its cue.</param>
/// <param name="Pattern">Its pattern.</param>
[GenerateSerializer, Immutable, Alias("atlas.cue-hit")]
public sealed record CueHit([property: Id(0)] string EntryId, [property: Id(1)] string Type, [property: Id(2)] string Pattern);
