using Atlas.Domain;
using Atlas.Queries;

namespace Atlas.Cli.Review;

/// <summary>A session in <c>atlas review list --json</c>.</summary>
internal sealed record ReviewLine
{
    public required long Id { get; init; }

    public required string Task { get; init; }

    public required string? LearningKey { get; init; }

    public required SessionStatus Status { get; init; }

    public required ReviewStatus ReviewStatus { get; init; }

    /// <summary>Gets the score from 0 to 1; null if nothing judged it.</summary>
    public required double? Score { get; init; }

    public required bool DriftAlert { get; init; }

    public required string? DriftMessage { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets what it waits for before it teaches; null if it waits for nothing.</summary>
    public required string? WaitsFor { get; init; }

    public static ReviewLine Of(ReviewItem item) => new()
    {
        Id = item.Id,
        Task = item.Task,
        LearningKey = item.LearningKey,
        Status = item.Status,
        ReviewStatus = item.ReviewStatus,
        Score = item.Score,
        DriftAlert = item.DriftAlert,
        DriftMessage = item.DriftMessage,
        CreatedAt = item.CreatedAt,
        WaitsFor = item switch
        {
            { ReviewStatus: not Domain.ReviewStatus.Pending } => null,
            { Score: null } => "nothing: without a reward it cannot teach",
            { DriftAlert: true } => "approval: its reward is unusual",
            { ApprovalRequired: false } => null,
            _ => "approval",
        },
    };
}
