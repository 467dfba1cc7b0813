using System.Text.Json;
using System.Text.Json.Serialization;
using Atlas.Domain.Json.Tolerant;

namespace Atlas.Domain.Sessions;

/// <summary>The evaluation of an attempt at a step. Stored as <c>step_results.evaluation</c>.</summary>
[GenerateSerializer, Immutable, Alias("atlas.step-evaluation")]
public sealed record StepEvaluation
{
    /// <summary>Gets the teacher's verdict; null if there is none.</summary>
    [Id(0)]
    public StepValidation? Validation { get; init; }

    /// <summary>Gets the step's own reward; null if there is none. Sessions are judged as a whole.</summary>
    [Id(1)]
    public StepReward? Reward { get; init; }

    /// <summary>Gets further keys of the evaluation.</summary>
    [JsonExtensionData]
    [Id(2)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>The teacher's verdict on an attempt.</summary>
[GenerateSerializer, Immutable, Alias("atlas.step-validation")]
public sealed record StepValidation
{
    /// <summary>Gets a value indicating whether the step is done.</summary>
    [Id(0)]
    public bool Valid { get; init; }

    /// <summary>Gets what to do differently; null if not given.</summary>
    [JsonConverter(typeof(OptionalText))]
    [Id(1)]
    public string? Guidance { get; init; }

    /// <summary>Gets further keys, such as a rationale, or that the verdict is an earlier one.</summary>
    [JsonExtensionData]
    [Id(2)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>The reward of a single step.</summary>
[GenerateSerializer, Immutable, Alias("atlas.step-reward")]
public sealed record StepReward
{
    /// <summary>Gets the score, from 0 to 1; null if nobody judged.</summary>
    [Id(0)]
    public double? Score { get; init => field = Finite.OrNull(value); }

    /// <summary>Gets the reason, in a word or a sentence; null if not given.</summary>
    [Id(1)]
    public string? Rationale { get; init; }

    /// <summary>Gets further keys, such as the judges and their samples.</summary>
    [JsonExtensionData]
    [Id(2)]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
