using System.Text.Json;

namespace Atlas.Learning.History;

/// <summary>What the history of a learning key keeps of one past session.</summary>
public sealed record HistoryRecord
{
    /// <summary>The column <c>sessions.reward</c>; anything but an object counts as none.</summary>
    public JsonElement? Reward { get; init; }

    /// <summary>The note for the student.</summary>
    public string? StudentLearning { get; init; }

    /// <summary>The note for the teacher.</summary>
    public string? TeacherLearning { get; init; }

    /// <summary>ISO 8601.</summary>
    public string? CreatedAt { get; init; }

    /// <summary>ISO 8601; null while the session runs.</summary>
    public string? CompletedAt { get; init; }

    /// <summary>The session's review status; null counts as <c>pending</c>.</summary>
    public string? ReviewStatus { get; init; }
}
