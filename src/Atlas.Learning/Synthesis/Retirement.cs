namespace Atlas.Learning.Synthesis;

/// <summary>An entry that a synthesizer argues against.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Reason">Why it is to go, in the synthesizer's words; not blank.</param>
public sealed record Retirement(string Id, string Reason);
