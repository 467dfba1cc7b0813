using System.Collections.Immutable;

namespace Atlas.Discovery.Findings;

/// <summary>A type or function that could be an agent or an environment.</summary>
public sealed record TargetFinding
{
    /// <summary>Gets the role, <c>agent</c> or <c>environment</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Gets the name that a person would use for it.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the namespace or Python module.</summary>
    public required string Module { get; init; }

    /// <summary>Gets the name within the module.</summary>
    public required string QualifiedName { get; init; }

    public required SourceLocation At { get; init; }

    /// <summary>Gets the score; the target with the highest score is selected.</summary>
    public required int Score { get; init; }

    /// <summary>Gets an explanation of the score, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>Gets the names of the signals that were found: <c>attribute</c>, <c>base:AIAgent</c>, <c>method:RunAsync</c>, …</summary>
    public ImmutableArray<string> Signals { get; init; } = [];

    /// <summary>Gets a value indicating whether it creates the agent rather than being it.</summary>
    public bool IsFactory { get; init; }

    /// <summary>Gets the agent's instructions, if they can be read from the source.</summary>
    public string? Instructions { get; init; }

    /// <summary>Gets the model that it names itself; null if it is given one.</summary>
    public string? Model { get; init; }
}
