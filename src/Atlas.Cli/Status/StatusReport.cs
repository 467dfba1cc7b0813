namespace Atlas.Cli.Status;

/// <summary>The document of <c>atlas status --json</c>.</summary>
internal sealed record StatusReport
{
    /// <summary>The workspace.</summary>
    public required string Home { get; init; }

    /// <summary>Whether a silo is healthy and the database reachable.</summary>
    public required bool Running { get; init; }

    public required IReadOnlyList<SiloStatus> Silos { get; init; }

    /// <summary>Null as long as no database has been used here.</summary>
    public required DatabaseStatus? Database { get; init; }
}
