using System.Text.Json.Serialization;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>A silo that was started from this workspace.</summary>
internal sealed record SiloRecord
{
    public required string Name { get; init; }

    public required ProcessIdentity Process { get; init; }

    public required SiloPorts Ports { get; init; }

    /// <summary>The configuration file it was started with; null if none was named.</summary>
    public string? Configuration { get; init; }

    /// <summary>Whether it was started for a command that stops it again, and not by <c>atlas up</c>.</summary>
    public bool Embedded { get; init; }

    /// <summary>Whether the private database was started with it, and so ends with it.</summary>
    public bool StartedDatabase { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>What it writes to standard output.</summary>
    public required string Log { get; init; }

    /// <summary>What it writes to standard error: empty, unless it had to give up.</summary>
    public required string ErrorLog { get; init; }

    /// <summary>Whether there is no record of it: it was found by the list of processes.</summary>
    [JsonIgnore]
    public bool IsLost { get; init; }
}
