using System.Text.Json.Nodes;
using Atlas.Configuration.Orchestration;

namespace Atlas.Cli.Run;

/// <summary>What is run, and how it is shown.</summary>
internal sealed record RunSettings
{
    public required string Task { get; init; }

    /// <summary>The learning key; null derives it.</summary>
    public string? LearningKey { get; init; }

    public required JsonObject Metadata { get; init; }

    /// <summary>The mode of this one session; null leaves it to the configuration.</summary>
    public SupervisionMode? Mode { get; init; }

    /// <summary>How long the session may take; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long to wait, in the end, for its reward, and again for what is learned from it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    public required RunView View { get; init; }

    /// <summary>Whether everything is told, also where nobody watches.</summary>
    public bool Stream { get; init; }
}
