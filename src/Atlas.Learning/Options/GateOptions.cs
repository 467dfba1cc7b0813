using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.gates</c>: which checks an entry must pass.</summary>
public sealed record GateOptions
{
    /// <summary>Whether an entry must name a tool that may be used, and an imperative.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool EnforceActionability { get; init; } = true;

    /// <summary>Whether an entry must have a cue a machine can look for.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool EnforceCue { get; init; } = true;

    /// <summary>Whether an entry must be free of dates, incidents and proper nouns; see <c>provisional_acceptance</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool EnforceGenerality { get; init; }

    /// <summary>Length, in code points, up to which an entry counts as concise.</summary>
    /// <value>The default is 420.</value>
    [Range(100, 2000)]
    public int MaxTextLength { get; init; } = 420;

    /// <summary>Names that the generality gate lets pass.</summary>
    public ImmutableArray<string> AllowedProperNouns { get; init; } = ["SQL", "HTTP", "JSON", "Atlas", "API"];

    /// <summary>Lower-case pieces of text that make an entry too specific.</summary>
    public ImmutableArray<string> BannedIncidentTokens { get; init; } = ["incident", "ticket", "case", "postmortem"];

    /// <summary>Code points above <see cref="MaxTextLength"/> that cost nothing yet.</summary>
    /// <value>The default is 20.</value>
    [Range(0, 500)]
    public int AllowLengthOverflowMargin { get; init; } = 20;
}
