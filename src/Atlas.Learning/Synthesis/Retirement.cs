namespace Atlas.Learning.Synthesis;

/// <summary>An entry that a synthesizer proposes to retire.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Reason">The reason, in the synthesizer's words; not blank.</param>
public sealed record Retirement(string Id, string Reason);
