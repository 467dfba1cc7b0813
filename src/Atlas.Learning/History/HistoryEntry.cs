using System.Text.Json;

namespace Atlas.Learning.History;

/// <summary>One past session in a <see cref="LearningHistory"/>.</summary>
public sealed record HistoryEntry
{
    /// <summary>The reward without its bulky parts; null if there is none.</summary>
    public JsonElement? Reward { get; init; }

    /// <summary>The note for the student, cut after 1024 code points.</summary>
    public string? StudentLearning { get; init; }

    /// <summary>The note for the teacher, cut after 1024 code points.</summary>
    public string? TeacherLearning { get; init; }

    public string? CreatedAt { get; init; }

    public string? CompletedAt { get; init; }
}
