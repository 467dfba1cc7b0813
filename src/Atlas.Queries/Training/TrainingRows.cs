using System.Text.Json;
using Atlas.Learning.Training;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Queries.Training;

/// <summary>Converts rows to training data.</summary>
internal static class TrainingRows
{
    public static TrainingSession Session(NpgsqlDataReader row, bool withLearningData)
    {
        var metadata = Object(row.Json("metadata"));
        var session = new TrainingSession
        {
            Id = row.Long("id"),
            Task = row.RequiredText("task"),
            Status = row.RequiredText("status"),
            ReviewStatus = row.RequiredText("review_status"),
            ReviewNotes = row.Text("review_notes"),
            FinalAnswer = row.Text("final_answer"),
            CreatedAt = row.Time("created_at"),
            CompletedAt = row.TimeOrNull("completed_at"),
            Metadata = metadata,
            Plan = row.Json("plan"),
            PlaybookVersion = row.Int("playbook_version"),
            HasLearningData = withLearningData,
        };
        return !withLearningData ? session : session with
        {
            Reward = row.Json("reward"),
            RewardStats = row.Json("reward_stats"),
            RewardAudit = row.Json("reward_audit"),
            StudentLearning = row.Text("student_learning") ?? Text(metadata, "student_learning"),
            TeacherLearning = row.Text("teacher_learning") ?? Text(metadata, "teacher_learning"),
        };
    }

    public static JsonElement? Object(JsonElement? value) => value is { ValueKind: JsonValueKind.Object } ? value : null;

    private static string? Text(JsonElement? metadata, string name) =>
        metadata is { } value && value.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
