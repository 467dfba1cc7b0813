using System.Collections.Immutable;
using System.Text.Json;
using Atlas.Domain.Json;

namespace Atlas.Learning.Training;

/// <summary>A session as training data: everything that was recorded, with JSON decoded.</summary>
public sealed record TrainingSession
{
    public required long Id { get; init; }

    /// <summary>The raw task text.</summary>
    public required string Task { get; init; }

    /// <summary><c>running</c>, <c>succeeded</c>, <c>failed</c>, or what another tool wrote.</summary>
    public required string Status { get; init; }

    /// <summary><c>pending</c>, <c>approved</c>, <c>quarantined</c>, or what another tool wrote.</summary>
    public required string ReviewStatus { get; init; }

    public string? ReviewNotes { get; init; }

    /// <summary>Null if none was stored.</summary>
    public string? FinalAnswer { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The column <c>metadata</c>; null if it is not an object.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>The column <c>reward</c>; null if there is none, or the filter leaves it out.</summary>
    public JsonElement? Reward { get; init; }

    /// <summary>The column <c>reward_stats</c>.</summary>
    public JsonElement? RewardStats { get; init; }

    /// <summary>The column <c>reward_audit</c>.</summary>
    public JsonElement? RewardAudit { get; init; }

    /// <summary>The note on this session for the student, from the column or else the metadata; null if the filter leaves it out.</summary>
    public string? StudentLearning { get; init; }

    /// <summary>The note on this session for the teacher, from the column or else the metadata; null if the filter leaves it out.</summary>
    public string? TeacherLearning { get; init; }

    /// <summary>The column <c>plans.plan</c>; null if there is none.</summary>
    public JsonElement? Plan { get; init; }

    /// <summary>The steps, by step number.</summary>
    public ImmutableArray<TrainingStep> Steps { get; init; } = [];

    /// <summary>The newest events, oldest first.</summary>
    public ImmutableArray<TrainingEvent> Events { get; init; } = [];

    /// <summary>The version of the playbook that it got; null if unknown or none.</summary>
    public int? PlaybookVersion { get; init; }

    /// <summary>Whether to include rewards, notes, history and adaptive summary.</summary>
    public bool HasLearningData { get; init; } = true;

    public string? LearningKey => Metadata is { } metadata ? JsonRead.Text(metadata, "learning_key") : null;

    /// <summary>The earlier rewards of the key, as an object; null if there are none, or the filter leaves them out.</summary>
    public JsonElement? LearningHistory => HasLearningData ? Object("learning_history") : null;

    /// <summary>How the mode was chosen; null if that was not recorded, or the filter leaves it out.</summary>
    public JsonElement? AdaptiveSummary => HasLearningData ? Object("adaptive_summary") : null;

    public JsonElement? RewardSummary => Object("reward_summary");

    public JsonElement? Drift => Object("drift");

    public JsonElement? TriageDossier => Object("triage_dossier");

    /// <summary>Whether the reward was out of line; null if that was not checked.</summary>
    public bool? DriftAlert =>
        Flag(Drift, "drift_alert") ?? Flag(Metadata, "drift_alert");

    /// <summary>Returns a member of the metadata if it is an object; otherwise null.</summary>
    public JsonElement? Object(string name) =>
        Metadata is { } metadata && JsonRead.TryGet(metadata, name, out var member)
        && JsonRead.Unwrap(member) is { ValueKind: JsonValueKind.Object } value ? value : null;

    private static bool? Flag(JsonElement? value, string name) =>
        value is { } element && JsonRead.TryGet(element, name, out var member)
            ? member.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }
            : null;
}
