using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.gates</c>: which checks an entry must pass.</summary>
public sealed record GateOptions
{
    public bool EnforceActionability { get; init; } = true;

    public bool EnforceCue { get; init; } = true;

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
