using Atlas.Domain;
using System.Text.Json;
using Atlas.Learning.Reports;

namespace Atlas.Reports.Documents;

/// <summary>One session in a report.</summary>
public sealed record SessionSnapshot
{
    public required long SessionId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required SessionStatus Status { get; init; }

    public required ReviewStatus ReviewStatus { get; init; }

    public string? ExecutionMode { get; init; }

    public double? RewardScore { get; init; }

    public double? RewardUncertainty { get; init; }

    /// <summary>The number of recorded judge calls; null if only a summary was requested.</summary>
    public int? RewardAuditCount { get; init; }

    public string? StudentLearning { get; init; }

    public string? TeacherLearning { get; init; }

    public long TrajectoryEvents { get; init; }

    public string? StudentModelId { get; init; }

    public string? TeacherModelId { get; init; }

    public JsonElement? TokenUsage { get; init; }

    public JsonElement? LearningUsage { get; init; }

    /// <summary>The version of the playbook it got.</summary>
    public int? PlaybookVersion { get; init; }

    internal static SessionSnapshot Of(SessionFacts facts) => new()
    {
        SessionId = facts.Id,
        CreatedAt = facts.CreatedAt,
        Status = facts.Status,
        ReviewStatus = facts.ReviewStatus,
        ExecutionMode = facts.ExecutionMode,
        RewardScore = facts.Score,
        RewardUncertainty = facts.Uncertainty,
        RewardAuditCount = facts.AuditCount,
        StudentLearning = facts.StudentLearning,
        TeacherLearning = facts.TeacherLearning,
        TrajectoryEvents = facts.Events,
        StudentModelId = facts.StudentModel,
        TeacherModelId = facts.TeacherModel,
        TokenUsage = facts.TokenUsage,
        LearningUsage = facts.Usage?.Stored,
        PlaybookVersion = facts.PlaybookVersion,
    };
}
