using System.Collections.Immutable;
using Atlas.Domain;

namespace Atlas.Cli.Review;

/// <summary>The result of a review command.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Reviewer">The reviewer.</param>
/// <param name="Note">The reason; null if none was given.</param>
/// <param name="Reviewed">The sessions that were reviewed, by number.</param>
/// <param name="Failed">The sessions that could not be reviewed, by number.</param>
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
/// <param name="ReviewStatus">Its new status.</param>
/// <param name="Teaches">Whether it feeds the synthesizer.</param>
/// <param name="TaughtVersion">For a quarantined session, the first version that was learned from it; null if it taught nothing.</param>
internal sealed record ReviewedSession(long Id, string? LearningKey, ReviewStatus ReviewStatus, bool Teaches, int? TaughtVersion);

/// <summary>A session that could not be reviewed.</summary>
/// <param name="Id">The session.</param>
/// <param name="Reason">The reason, as a sentence.</param>
/// <param name="Code">The exit code, if no session could be reviewed for this reason.</param>
internal sealed record FailedReview(long Id, string Reason, [property: System.Text.Json.Serialization.JsonIgnore] ExitCode Code);

/// <summary>What quarantined sessions of a key had taught, and how that is undone.</summary>
internal sealed record TaughtUndo
{
    public required string LearningKey { get; init; }

    public required ImmutableArray<long> SessionIds { get; init; }

    /// <summary>Gets the first version that was learned from any of them.</summary>
    public required int TaughtVersion { get; init; }

    /// <summary>Gets the version to go back to; 0 is the empty playbook before the first.</summary>
    public required int BackTo { get; init; }

    /// <summary>Gets the version that was current when this was determined.</summary>
    public required int CurrentVersion { get; init; }

    /// <summary>Gets a value indicating whether a later version already restored the earlier content; then there is nothing to
    /// undo.</summary>
    public required bool AlreadyUndone { get; init; }

    /// <summary>Gets the command that undoes it.</summary>
    public required string Command { get; init; }

    /// <summary>Gets the version that undid it; null if it was not undone now.</summary>
    public int? UndoneByVersion { get; init; }

    /// <summary>Gets why it could not be undone; null otherwise.</summary>
    public string? Failure { get; init; }
}
