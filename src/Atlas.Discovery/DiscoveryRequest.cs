namespace Atlas.Discovery;

/// <summary>The project to analyze, and the task to analyze it for.</summary>
public sealed record DiscoveryRequest
{
    /// <summary>Gets the project's folder.</summary>
    public required string Root { get; init; }

    /// <summary>Gets a typical task of the agent.</summary>
    public string Task { get; init; } = "Sample investigation prompt";

    /// <summary>Gets the time that is written to the documents.</summary>
    public required DateTimeOffset Now { get; init; }
}
