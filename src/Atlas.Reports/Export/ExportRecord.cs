using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Learning.Reports;
using Atlas.Learning.Text;
using Atlas.Learning.Training;

namespace Atlas.Reports.Export;

/// <summary>Writes one session as a training record: the keys of the original exporter, in its order.</summary>
internal sealed class ExportRecord(Utf8JsonWriter writer, TrainingSession session)
{
    private static readonly string[] Objects = ["adaptive_summary", "triage_dossier", "reward_summary", "drift"];

    private readonly JsonElement _metadata = session.Metadata is { } metadata ? metadata : default;

    public void Write()
    {
        var plan = ExportPlan.Of(session.Plan);
        writer.WriteStartObject();
        writer.WriteString("task", session.Task);
        writer.WriteString("final_answer", session.FinalAnswer ?? "");
        writer.WritePropertyName("plan");
        plan.Write(writer);
        writer.WriteStartArray("steps");
        foreach (var step in session.Steps)
        {
            new ExportStep(writer, step, plan, session.Steps).Write();
        }

        writer.WriteEndArray();
        var stats = NonEmpty(session.RewardStats, JsonValueKind.Object) ?? NonEmpty(Member("reward_stats"), JsonValueKind.Object);
        var audit = NonEmpty(session.RewardAudit, JsonValueKind.Array) ?? NonEmpty(Member("reward_audit"), JsonValueKind.Array);
        WriteMetadata(stats, audit);
        Text("execution_mode", SessionColumns.ExecutionMode(_metadata));
        Text("review_status", Filled(session.ReviewStatus) ?? Filled(JsonRead.Text(_metadata, "review_status")));
        Text("review_notes", Filled(session.ReviewNotes));
        Value("reward_stats", stats);
        Audit(audit);
        Value("session_reward", NonEmpty(session.Reward, JsonValueKind.Object));
        Text("student_learning", Filled(session.StudentLearning));
        Text("teacher_learning", Filled(session.TeacherLearning));
        foreach (var name in Objects)
        {
            Value(name, session.Object(name));
        }

        Text("learning_key", session.LearningKey);
        Value("learning_history", NonEmpty(Member("learning_history"), JsonValueKind.Object));
        Value("teacher_notes", Member("teacher_notes") is { ValueKind: JsonValueKind.Array } notes ? notes : null);
        if (session.DriftAlert is { } alert)
        {
            writer.WriteBoolean("drift_alert", alert);
        }

        Events();
        writer.WriteEndObject();
    }

    private void WriteMetadata(JsonElement? stats, JsonElement? audit)
    {
        writer.WriteStartObject("session_metadata");
        var written = new HashSet<string>(StringComparer.Ordinal) { "trajectory_events" };
        foreach (var member in session.Metadata?.EnumerateObject().AsEnumerable() ?? [])
        {
            var isEmptyTime = member.Name is "created_at" or "completed_at" && IsEmpty(member.Value);
            if (!isEmptyTime && written.Add(member.Name))
            {
                member.WriteTo(writer);
            }
        }

        if (written.Add("session_id"))
        {
            writer.WriteNumber("session_id", session.Id);
        }

        Missing("status", session.Status);
        Missing("created_at", AtlasTime.Iso(session.CreatedAt));
        Missing("completed_at", session.CompletedAt is { } completed ? AtlasTime.Iso(completed) : null);
        Missing("review_status", Filled(session.ReviewStatus));
        if (stats is not null && written.Add("reward_stats"))
        {
            Value("reward_stats", stats);
        }

        if (audit is not null && written.Add("reward_audit"))
        {
            Audit(audit);
        }

        Events();
        writer.WriteEndObject();

        void Missing(string name, string? text)
        {
            if (text is not null && written.Add(name))
            {
                writer.WriteString(name, text);
            }
        }
    }

    private void Events()
    {
        if (session.Events.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("trajectory_events");
        foreach (var stored in session.Events)
        {
            ExportEvent.Write(writer, stored);
        }

        writer.WriteEndArray();
    }

    private void Audit(JsonElement? audit)
    {
        var calls = audit?.EnumerateArray().Where(call => call.ValueKind == JsonValueKind.Object).ToList();
        if (calls is not { Count: > 0 })
        {
            return;
        }

        writer.WriteStartArray("reward_audit");
        calls.ForEach(call => call.WriteTo(writer));
        writer.WriteEndArray();
    }

    private void Text(string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }

    private void Value(string name, JsonElement? value)
    {
        if (value is { } present)
        {
            writer.WritePropertyName(name);
            present.WriteTo(writer);
        }
    }

    private JsonElement? Member(string name) => JsonRead.TryGet(_metadata, name, out var member) ? JsonRead.Unwrap(member) : null;

    private static JsonElement? NonEmpty(JsonElement? value, JsonValueKind kind) =>
        value is { } present && present.ValueKind == kind
        && (kind == JsonValueKind.Array ? present.GetArrayLength() > 0 : present.EnumerateObject().Any())
            ? present
            : null;

    private static bool IsEmpty(JsonElement value) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
