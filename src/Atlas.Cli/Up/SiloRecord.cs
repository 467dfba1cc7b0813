using System.Text.Json.Serialization;
using Atlas.Cli.Workspace;

namespace Atlas.Cli.Up;

/// <summary>A silo that was started from this workspace.</summary>
internal sealed record SiloRecord
{
    public required string Name { get; init; }

    public required ProcessIdentity Process { get; init; }

    public required SiloPorts Ports { get; init; }

    /// <summary>Gets the configuration file it was started with; null if none was named.</summary>
    public string? Configuration { get; init; }

    /// <summary>Gets a value indicating whether it was started for a command that stops it again, rather than by <c>atlas up</c>.</summary>
    public bool Embedded { get; init; }

    /// <summary>Gets a value indicating whether the private database was started with it, and therefore stops with it.</summary>
    public bool StartedDatabase { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets the file with its standard output.</summary>
    public required string Log { get; init; }

    /// <summary>Gets the file with its standard error, which is empty unless it had to give up.</summary>
    public required string ErrorLog { get; init; }

    /// <summary>Gets a value indicating whether it has no record and was found in the list of processes.</summary>
    [JsonIgnore]
    public bool IsLost { get; init; }
}
