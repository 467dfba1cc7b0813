using System.Text.Json.Serialization;

namespace Atlas.Domain.Experiments;

/// <summary>What a person wants to find out: the two arms of an experiment differ in exactly one of versions, entry and configuration.</summary>
[GenerateSerializer, Immutable, Alias("atlas.experiment-plan")]
public sealed record ExperimentPlan
{
    /// <summary>Smallest share of the new arm, and the largest share of the other one.</summary>
    public const double SmallestShare = 0.01;

    /// <summary>The version that the first arm is given; null where the arms do not differ in versions.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FirstVersion { get; init; }

    /// <summary>The version that the new arm is given.</summary>
    [Id(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? NewVersion { get; init; }

    /// <summary>The entry that the new arm is given and the first one is not; null where the arms do not differ in an entry.</summary>
    [Id(2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Entry { get; init; }

    /// <summary>What the new arm does otherwise; null where the arms do not differ in that.</summary>
    [Id(3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArmSettings? Configuration { get; init; }

    /// <summary>The share of sessions in the new arm.</summary>
    /// <value>The default is 0.5.</value>
    [Id(4)]
    public double Share { get; init; } = 0.5;

    /// <summary>Sessions after which it ends whatever it has found; null for no end.</summary>
    [Id(5)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxSessions { get; init; }

    /// <summary>The difference in reward that would be worth seeing, above 0 and at most 1: how many sessions are needed is said for it.</summary>
    /// <value>The default is 0.2.</value>
    [Id(6)]
    public double Difference { get; init; } = 0.2;

    /// <summary>What is held against what, in words.</summary>
    [JsonIgnore]
    public string Arms => (NewVersion, Entry) switch
    {
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
