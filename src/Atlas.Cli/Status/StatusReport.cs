namespace Atlas.Cli.Status;

/// <summary>The document of <c>atlas status --json</c>.</summary>
internal sealed record StatusReport
{
    /// <summary>Gets the workspace.</summary>
    public required string Home { get; init; }

    /// <summary>Gets a value indicating whether a silo is healthy and the database reachable.</summary>
    public required bool Running { get; init; }

    public required IReadOnlyList<SiloStatus> Silos { get; init; }

    /// <summary>Gets the learning keys whose rewards have dropped, at most 100; empty if the database cannot be read.</summary>
    public required IReadOnlyList<string> Alarms { get; init; }

    /// <summary>Gets the database; null as long as none has been used here.</summary>
    public required DatabaseStatus? Database { get; init; }
}
