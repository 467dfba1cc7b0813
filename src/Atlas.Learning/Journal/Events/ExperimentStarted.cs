using System.Text.Json.Serialization;
using Atlas.Domain.Experiments;

namespace Atlas.Learning.Journal;

/// <summary>A person started an experiment.</summary>
public sealed record ExperimentStarted : LearningKeyEvent
{
    /// <summary>Its number within the key.</summary>
    public required int Number { get; init; }

    /// <summary>What is held against what.</summary>
    public required ExperimentPlan Plan { get; init; }

    /// <summary>What the first arm's version says; null where the arms do not differ in versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? FirstArm { get; init; }

    /// <summary>What the new arm's version says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? NewArm { get; init; }

    public string? Reason { get; init; }
}
