using System.Text.Json.Nodes;
using Atlas.Configuration.Orchestration;

namespace Atlas.Cli.Run;

/// <summary>The settings of a run, and of how it is displayed.</summary>
internal sealed record RunSettings
{
    public required string Task { get; init; }

    /// <summary>Gets the learning key; null derives it.</summary>
    public string? LearningKey { get; init; }

    public required JsonObject Metadata { get; init; }

    /// <summary>Gets the mode of this session; null leaves it to the configuration.</summary>
    public SupervisionMode? Mode { get; init; }

    /// <summary>Gets the timeout of the session; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets how long to wait at the end for the reward, and again for what is learned from it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public required RunView View { get; init; }

    /// <summary>Gets a value indicating whether everything is printed even if nobody is watching.</summary>
    public bool Stream { get; init; }
}
