using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Atlas.Configuration.Checking;

/// <summary>What came of reading a configuration.</summary>
public sealed record ConfigurationCheck
{
    /// <summary>The configuration; null if there are errors. It holds secrets as they are, so it is not serialised.</summary>
    [JsonIgnore]
    public AtlasConfiguration? Configuration { get; init; }

    /// <summary>Everything that is wrong, in the order of the files' lines.</summary>
    public required ImmutableArray<ConfigurationProblem> Errors { get; init; }

    /// <summary>Everything worth knowing that stops nothing.</summary>
    public required ImmutableArray<ConfigurationProblem> Warnings { get; init; }

    /// <summary>Every value in force, in the order of the reference, secrets masked; empty if there are errors.</summary>
    public required ImmutableArray<EffectiveValue> Values { get; init; }

    /// <summary>Whether the configuration can be used.</summary>
    public bool IsValid => Errors.IsEmpty;

    /// <summary>The errors, or that there are none.</summary>
    public override string ToString() =>
        IsValid ? "the configuration is valid" : string.Join(Environment.NewLine, Errors);
}
