using System.Collections.Immutable;

namespace Atlas.Discovery.Findings;

/// <summary>A type or function that could be an agent or an environment.</summary>
public sealed record TargetFinding
{
    /// <summary><c>agent</c> or <c>environment</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The name a person would call it by.</summary>
    public required string Name { get; init; }

    /// <summary>Namespace or Python module.</summary>
    public required string Module { get; init; }

    /// <summary>Name within the module.</summary>
    public required string QualifiedName { get; init; }

    public required SourceLocation At { get; init; }

    /// <summary>How much speaks for it; the highest is selected.</summary>
    public required int Score { get; init; }

    /// <summary>What the score is made of, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>Names of what was seen: <c>attribute</c>, <c>base:AIAgent</c>, <c>method:RunAsync</c>, …</summary>
    public ImmutableArray<string> Signals { get; init; } = [];

    /// <summary>Whether it makes the agent rather than being it.</summary>
    public bool IsFactory { get; init; }

    /// <summary>What the agent is told about itself, where that can be read from the source.</summary>
    public string? Instructions { get; init; }

    /// <summary>The model it names itself; null if it is given one.</summary>
    public string? Model { get; init; }
}
