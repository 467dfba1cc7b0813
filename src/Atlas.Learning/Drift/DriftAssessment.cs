using System.Text.Json.Serialization;

namespace Atlas.Learning.Drift;

/// <summary>Whether a session's reward fits what its learning key usually gets. On the wire this is <c>metadata.drift</c>.</summary>
public sealed record DriftAssessment
{
    public bool Alert { get; init; }

    /// <summary>The same as <see cref="Alert"/>, under the name that reports look for.</summary>
    public bool DriftAlert => Alert;

    /// <summary>One of <see cref="DriftReason"/>; null if the reward fits.</summary>
    public string? Reason { get; init; }

    public double? ScoreDelta { get; init; }

    public double? ScoreZ { get; init; }

    public double? ScoreMadZ { get; init; }

    public double? UncertaintyDelta { get; init; }

    public double? UncertaintyZ { get; init; }

    public double? UncertaintyMadZ { get; init; }

    /// <summary>The absolute value from which a z is an alert.</summary>
    public double Threshold { get; init; }

    public int Window { get; init; }

    public string? LearningKey { get; init; }

    public DriftBaseline Baseline { get; init; } = new();

    /// <summary>A sentence for the reviewer; null without an alert.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message => Alert ? $"Reward drift alert ({Reason})" : null;
}
