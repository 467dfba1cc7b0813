using Atlas.Learning.History;
using Atlas.Learning.Text;
using Atlas.Storage.Queries;

namespace Atlas.Grains.Synthesis;

/// <summary>A stored session as the history of its key keeps it.</summary>
internal static class HistoryRecords
{
    public static HistoryRecord Of(LearningHistoryRow row) => new()
    {
        Reward = row.Reward,
        StudentLearning = row.StudentLearning,
        TeacherLearning = row.TeacherLearning,
        CreatedAt = AtlasTime.Iso(row.CreatedAt),
        CompletedAt = row.CompletedAt is { } completed ? AtlasTime.Iso(completed) : null,
    };
}
