using Atlas.Discovery.Findings;
using Atlas.Discovery.Output;

namespace Atlas.Discovery;

/// <summary>A project that was looked through. Passwords and keys are masked everywhere in it.</summary>
public sealed record DiscoveredProject
{
    public required DiscoveryRequest Request { get; init; }

    public required ProjectFindings Findings { get; init; }

    /// <summary>What was chosen among the findings.</summary>
    public required AgentChoice Choice { get; init; }

    /// <summary>SHA-256 over the names and hashes of all modules: equal for equal sources.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The proposed configuration, as YAML with comments.</summary>
    public required string ConfigurationText { get; init; }
}
