using Atlas.Domain.Playbooks;

namespace Atlas.Contracts.Playbooks;

/// <summary>An entry of a playbook as it is given to a session, with everything needed to detect its cue and the use of its tool.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="Role">The role it is for: <c>student</c> or <c>teacher</c>.</param>
/// <param name="Sha256">The SHA-256 of its rendered words, 64 lower-case hex digits. Together with key and id it identifies the entry's
/// evidence; if the words change, evidence starts over.</param>
/// <param name="OnTrial">Whether it is still unproven.</param>
/// <param name="Cue">When it applies.</param>
/// <param name="RuntimeHandle">The tool whose use counts as adoption; null if it needs none.</param>
/// <param name="ToolName">The plain name of the tool; null if it has no other name.</param>
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
    /// <summary>Gets the expected effect; empty if none is given.</summary>
    [Id(7)]
    public string ExpectedEffect { get; init; } = "";

    /// <summary>Gets the category: <c>reinforcement</c> or <c>differentiation</c>. Other values are kept.</summary>
    [Id(8)]
    public string Category { get; init; } = "";

    /// <summary>Gets where the entry does not apply; empty if not given.</summary>
    [Id(9)]
    public string Constraints { get; init; } = "";

    /// <summary>Gets where the entry applies; empty if not given.</summary>
    [Id(10)]
    public string AppliesWhen { get; init; } = "";
}
