using Atlas.Domain.Playbooks;

namespace Atlas.Contracts.Playbooks;

/// <summary>An entry of a playbook as a session is given it: what its words are known by, and all that tells whether its cue shows
/// and its tool is used.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Role">Whom it is about: <c>student</c> or <c>teacher</c>.</param>
/// <param name="Sha256">SHA-256 of its rendered words, 64 lower-case hex digits. With key and id it is the identity of the entry's
/// evidence: other words begin anew.</param>
/// <param name="OnTrial">Whether it has still to prove itself.</param>
/// <param name="Cue">When it applies.</param>
/// <param name="RuntimeHandle">The tool whose use counts as adoption; null if it needs none.</param>
/// <param name="ToolName">The tool under its plain name; null if it has no other.</param>
[GenerateSerializer, Immutable, Alias("atlas.given-entry")]
public sealed record GivenEntry(
    [property: Id(0)] string Id,
    [property: Id(1)] string Role,
    [property: Id(2)] string Sha256,
    [property: Id(3)] bool OnTrial,
    [property: Id(4)] EntryCue Cue,
    [property: Id(5)] string? RuntimeHandle = null,
    [property: Id(6)] string? ToolName = null)
{
    /// <summary>What it is expected to do; empty if nothing was said.</summary>
    [Id(7)]
    public string ExpectedEffect { get; init; } = "";

    /// <summary><c>reinforcement</c> or <c>differentiation</c>; other words are kept.</summary>
    [Id(8)]
    public string Category { get; init; } = "";

    /// <summary>Where it does not hold; empty if nothing was said.</summary>
    [Id(9)]
    public string Constraints { get; init; } = "";

    /// <summary>Where it holds; empty if nothing was said.</summary>
    [Id(10)]
    public string AppliesWhen { get; init; } = "";
}
