using Atlas.Discovery.Findings;
using Atlas.Discovery.Output;

namespace Atlas.Discovery;

/// <summary>The result of analyzing a project. Passwords and keys are masked everywhere in it.</summary>
public sealed record DiscoveredProject
{
    public required DiscoveryRequest Request { get; init; }

    public required ProjectFindings Findings { get; init; }

    /// <summary>Gets what was chosen among the findings.</summary>
    public required AgentChoice Choice { get; init; }

    /// <summary>Gets the SHA-256 hash over the names and hashes of all modules: equal for equal sources.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Gets the proposed configuration, as YAML with comments.</summary>
    public required string ConfigurationText { get; init; }
}
