namespace Atlas.Learning.Usage;

/// <summary>An entry whose cue showed.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="Type">Kind of its cue.</param>
/// <param name="Pattern">Its pattern.</param>
public sealed record CueHit(string EntryId, string Type, string Pattern);
