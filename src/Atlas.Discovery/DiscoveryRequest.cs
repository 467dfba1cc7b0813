namespace Atlas.Discovery;

/// <summary>What to look through, and for what.</summary>
public sealed record DiscoveryRequest
{
    /// <summary>The project's folder.</summary>
    public required string Root { get; init; }

    /// <summary>A task of the kind that the agent will be given.</summary>
    public string Task { get; init; } = "Sample investigation prompt";

    /// <summary>The time that is written into the documents.</summary>
    public required DateTimeOffset Now { get; init; }
}
