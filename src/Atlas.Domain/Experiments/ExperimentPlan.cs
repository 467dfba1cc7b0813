using System.Text.Json.Serialization;

namespace Atlas.Domain.Experiments;

/// <summary>The plan of an experiment. Its two arms differ in exactly one thing: the version, an entry or the configuration.</summary>
[GenerateSerializer, Immutable, Alias("atlas.experiment-plan")]
public sealed record ExperimentPlan
{
    /// <summary>The smallest share of either arm.</summary>
    public const double SmallestShare = 0.01;

    /// <summary>Gets the version that the first arm gets; null if the arms do not differ in the version. Two synthesizers are compared by
    /// the versions that they make when the experiment starts.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FirstVersion { get; init; }

    /// <summary>Gets the version that the new arm gets.</summary>
    [Id(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? NewVersion { get; init; }

    /// <summary>Gets the entry that only the new arm gets; null if the arms do not differ in an entry.</summary>
    [Id(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Entry { get; init; }

    /// <summary>Gets what the new arm changes; null if the arms do not differ in the configuration.</summary>
    [Id(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArmSettings? Configuration { get; init; }

    /// <summary>Gets the share of sessions in the new arm.</summary>
    /// <value>The default is 0.5.</value>
    [Id(4)]
    public double Share { get; init; } = 0.5;

    /// <summary>Gets the number of sessions after which the experiment ends, whatever it has found; at least 2; null for no limit.</summary>
    [Id(5)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxSessions { get; init; }

    /// <summary>Gets the difference in reward worth seeing, from 0.001 to 1. The number of sessions needed is estimated for it.</summary>
    /// <value>The default is 0.2.</value>
    [Id(6)]
    public double Difference { get; init; } = 0.2;

    /// <summary>Gets a description of what is compared.</summary>
    [JsonIgnore]
    public string Arms => (NewVersion, Entry) switch
    {
        _ when Configuration?.Synthesizer is { } synthesizer => NewVersion is { } made
            ? FormattableString.Invariant($"the synthesizer {synthesizer} (version {made}) against the one in use (version {FirstVersion})")
            : $"the synthesizer {synthesizer} against the one in use",
        ({ } version, _) => FormattableString.Invariant($"version {version} against version {FirstVersion}"),
        (_, { } entry) => $"the entry {entry} against none",
        _ => $"{string.Join(", ", (Configuration ?? new()).Names.Select(Said))} against the configuration as it is",
    };

    private string Said(string name) => name switch
    {
        "model" => $"the model {Configuration!.Model}",
        "injection_mode" => $"the playbook as {Configuration!.InjectionMode!.Value.ToWire()}",
        _ => "another system prompt",
    };
}
