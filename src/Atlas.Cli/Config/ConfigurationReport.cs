using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Atlas.Configuration;
using Atlas.Configuration.Checking;

namespace Atlas.Cli.Config;

/// <summary>The document of <c>atlas config check --json</c> and <c>atlas config show --json</c>.</summary>
internal sealed record ConfigurationReport
{
    public required bool Valid { get; init; }

    /// <summary>Gets the files, in the order in which they are layered.</summary>
    public required ImmutableArray<string> Files { get; init; }

    public required ConfigurationProfile Profile { get; init; }

    public required ImmutableArray<ConfigurationProblem> Errors { get; init; }

    public required ImmutableArray<ConfigurationProblem> Warnings { get; init; }

    /// <summary>Gets every effective value with its source, secrets masked; null if not requested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EffectiveValue>? Values { get; init; }

    public static ConfigurationReport Of(ConfigurationRequest request, ConfigurationCheck check, bool withValues) => new()
    {
        Valid = check.IsValid,
        Files = request.Files,
        Profile = request.Profile,
        Errors = check.Errors,
        Warnings = check.Warnings,
        Values = withValues ? check.Values : null,
    };
}
