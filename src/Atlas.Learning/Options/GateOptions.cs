using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.gates</c>: which checks an entry must pass.</summary>
public sealed record GateOptions
{
    /// <summary>Whether an entry must say what to do, with a tool the agent has.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool EnforceActionability { get; init; } = true;

    /// <summary>Whether an entry must have a cue that can be detected.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool EnforceCue { get; init; } = true;

    /// <summary>Whether an entry that speaks of a single incident is rejected. The gate runs in any case; not enforced, such
    /// an entry is kept as provisional if <c>learning.provisional_acceptance</c> allows it.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool EnforceGenerality { get; init; }

    /// <summary>Length, in code points, up to which an entry counts as concise.</summary>
    /// <value>The default is 420.</value>
    [Range(100, 2000)]
    public int MaxTextLength { get; init; } = 420;

    /// <summary>Names that the generality gate lets pass: where one stands as a word of its own, in this spelling, no banned
    /// token and no reference to an incident is looked for in it. Dates and paths of files are found nevertheless.</summary>
    public ImmutableArray<string> AllowedProperNouns { get; init; } = ["SQL", "HTTP", "JSON", "Atlas", "API"];

    /// <summary>Pieces of text, of words too, that make an entry too specific; compared without regard to case.</summary>
    public ImmutableArray<string> BannedIncidentTokens { get; init; } = ["incident", "ticket", "case", "postmortem"];

    /// <summary>Code points above <see cref="MaxTextLength"/> that cost nothing yet; concision falls from there.</summary>
    /// <value>The default is 20.</value>
    [Range(0, 500)]
    public int AllowLengthOverflowMargin { get; init; } = 20;
}
