using System.Collections.Immutable;

namespace Atlas.Configuration;

/// <summary>What to load, and what for.</summary>
public sealed record ConfigurationRequest
{
    /// <summary>
    /// Files, in the order in which they are laid over each other. A name that ends in <c>.json</c> is JSON, any other is YAML;
    /// of an <c>appsettings.json</c>, only the section <c>Atlas</c> is read. With no file, the environment and the defaults
    /// are all there is.
    /// </summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>What the configuration is for.</summary>
    /// <value>The default is <see cref="ConfigurationProfile.Agent"/>.</value>
    public ConfigurationProfile Profile { get; init; } = ConfigurationProfile.Agent;

    /// <summary>Environment variables by name; null means those of the process.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }
}
