using Atlas.Domain;
using System.Text.Json;

namespace Atlas.Queries;

/// <summary>What a synthesizer can see of a session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Task">The raw task text.</param>
/// <param name="Score">The reward's score, 0 to 1; null if there is none.</param>
/// <param name="ReviewStatus">The review status.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Digest">The object that was stored at its completion.</param>
public sealed record SessionDigest(
    long SessionId, string Task, double? Score, ReviewStatus ReviewStatus, SessionStatus Status, JsonElement Digest)
{
    /// <summary>Identifies sessions with the same task; null if none was recorded at the start.</summary>
    public string? TaskIdentity { get; init; }

    /// <summary>The author of the session, as digits that reveal no name; null if unknown.</summary>
    public string? Author { get; init; }
}

/// <summary>A rewarded session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Reward">The reward as it was stored.</param>
/// <param name="StudentLearning">The note on it for the student.</param>
/// <param name="TeacherLearning">The note on it for the teacher.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="CompletedAt">When it ended.</param>
public sealed record LearningHistoryRow(
    long SessionId, JsonElement? Reward, string? StudentLearning, string? TeacherLearning, DateTimeOffset CreatedAt,
    DateTimeOffset? CompletedAt);
