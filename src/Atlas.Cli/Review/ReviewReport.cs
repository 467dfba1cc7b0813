using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Cli.Review;

/// <summary>What a review command did.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="Reviewer">Who decided.</param>
/// <param name="Note">Why; null if nothing was said.</param>
/// <param name="Reviewed">The sessions it was done for, by number.</param>
/// <param name="Failed">The sessions it could not be done for, by number.</param>
/// <param name="Undo">What the reviewed sessions had taught, by learning key.</param>
internal sealed record ReviewReport(
    ReviewStatus Decision,
    string Reviewer,
    string? Note,
    ImmutableArray<ReviewedSession> Reviewed,
    ImmutableArray<FailedReview> Failed,
    ImmutableArray<TaughtUndo> Undo);

/// <summary>A session that was reviewed.</summary>
/// <param name="Id">The session.</param>
/// <param name="LearningKey">Its key; null if it has none.</param>
/// <param name="ReviewStatus">Its status now.</param>
/// <param name="Teaches">Whether it feeds the synthesizer.</param>
/// <param name="TaughtVersion">Of a quarantined session, the first version that was learned from it; null if it taught nothing.</param>
internal sealed record ReviewedSession(long Id, string? LearningKey, ReviewStatus ReviewStatus, bool Teaches, int? TaughtVersion);

/// <summary>A session that could not be reviewed.</summary>
/// <param name="Id">The session.</param>
/// <param name="Reason">A sentence.</param>
/// <param name="Code">The exit code, if no session could be reviewed for this reason.</param>
internal sealed record FailedReview(long Id, string Reason, [property: System.Text.Json.Serialization.JsonIgnore] ExitCode Code);

/// <summary>What quarantined sessions of one key had taught, and how that is undone.</summary>
internal sealed record TaughtUndo
{
    public required string LearningKey { get; init; }

    public required ImmutableArray<long> SessionIds { get; init; }

    /// <summary>The first version that was learned from any of them.</summary>
    public required int TaughtVersion { get; init; }

    /// <summary>The version to go back to; 0 is the empty playbook before the first.</summary>
    public required int BackTo { get; init; }

    /// <summary>The version that was current when this was looked at.</summary>
    public required int CurrentVersion { get; init; }

    /// <summary>Whether a version after it said again what the key said before; then there is nothing to undo.</summary>
    public required bool AlreadyUndone { get; init; }

    /// <summary>The command that undoes it.</summary>
    public required string Command { get; init; }

    /// <summary>The version that undid it; null if it was not undone now.</summary>
    public int? UndoneByVersion { get; init; }

    /// <summary>Why it could not be undone; null otherwise.</summary>
    public string? Failure { get; init; }
}
