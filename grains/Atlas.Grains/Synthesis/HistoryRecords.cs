using Atlas.Learning.History;
using Atlas.Learning.Redaction;
using Atlas.Learning.Text;
using Atlas.Queries;

namespace Atlas.Grains.Synthesis;

/// <summary>Converts a stored session for the history of its key.</summary>
internal static class HistoryRecords
{
    public static HistoryRecord Of(LearningHistoryRow row, Redactor redactor) => new()
    {
        Reward = row.Reward is { } reward ? redactor.Redact(reward) : null,
        StudentLearning = row.StudentLearning is { } student ? redactor.Redact(student) : null,
        TeacherLearning = row.TeacherLearning is { } teacher ? redactor.Redact(teacher) : null,
        CreatedAt = AtlasTime.Iso(row.CreatedAt),
        CompletedAt = row.CompletedAt is { } completed ? AtlasTime.Iso(completed) : null,
    };
}
