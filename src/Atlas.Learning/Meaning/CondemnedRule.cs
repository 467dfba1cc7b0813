namespace Atlas.Learning.Meaning;

/// <summary>Words that were found to be harmful or of no use.</summary>
/// <param name="Entry">The id they had.</param>
/// <param name="Sha">The first 16 hex digits of their SHA-256.</param>
/// <param name="Words">The words, as they were rendered.</param>
public sealed record CondemnedRule(string Entry, string Sha, string Words);
