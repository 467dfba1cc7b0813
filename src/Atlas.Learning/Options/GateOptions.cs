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

    /// <summary>Whether an entry about a single incident is rejected. The check always runs. If it is not enforced, such an entry is kept
    /// as provisional, provided that <c>learning.provisional_acceptance</c> allows it.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool EnforceGenerality { get; init; }

    /// <summary>Length, in code points, up to which an entry counts as concise.</summary>
    /// <value>The default is 420.</value>
    [Range(100, 2000)]
    public int MaxTextLength { get; init; } = 420;

    /// <summary>Names that pass the generality check. Where one of them appears as a whole word, in this spelling, the check does not look
    /// for banned tokens or references to an incident in it. Dates and file paths are still found.</summary>
    public ImmutableArray<string> AllowedProperNouns { get; init; } = ["SQL", "HTTP", "JSON", "Atlas", "API"];

    /// <summary>Pieces of text that make an entry too specific, also as part of a word. Case is ignored.</summary>
    public ImmutableArray<string> BannedIncidentTokens { get; init; } = ["incident", "ticket", "case", "postmortem"];

    /// <summary>Code points above <see cref="MaxTextLength"/> that are still free. Beyond them, the score for concision falls.</summary>
    /// <value>The default is 20.</value>
    [Range(0, 500)]
    public int AllowLengthOverflowMargin { get; init; } = 20;
}
