using System.Text.Json.Serialization;
using Atlas.Domain.Experiments;

namespace Atlas.Learning.Journal;

/// <summary>A person started an experiment.</summary>
public sealed record ExperimentStarted : LearningKeyEvent
{
    /// <summary>Its number within the key.</summary>
    public required int Number { get; init; }

    /// <summary>What is compared.</summary>
    public required ExperimentPlan Plan { get; init; }

    /// <summary>The first 16 hex digits of the SHA-256 of the words of the entry that it is about; null if it is about no entry, and in
    /// older events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha { get; init; }

    /// <summary>The content of the first arm's version; null if the arms do not differ in versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? FirstArm { get; init; }

    /// <summary>The content of the new arm's version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ServedPlaybook? NewArm { get; init; }

    public string? Reason { get; init; }
}
