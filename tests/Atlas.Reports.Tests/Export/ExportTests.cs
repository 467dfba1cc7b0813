using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Atlas.Learning.Review;
using Atlas.Learning.Training;
using Atlas.Reports.Export;
using Parquet;
using Xunit;

namespace Atlas.Reports.Tests.Export;

public sealed class ExportTests
{
    [Fact]
    public async Task A_record_has_the_keys_of_the_original_in_its_order()
    {
        var record = await RecordAsync(Session());
        Assert.Equal(
        [
            "task", "final_answer", "plan", "steps", "session_metadata", "execution_mode", "review_status", "review_notes", "reward_stats", "reward_audit",
            "session_reward", "student_learning", "teacher_learning", "adaptive_summary", "triage_dossier", "reward_summary", "drift", "learning_key",
            "learning_history", "teacher_notes", "drift_alert", "trajectory_events",
        ],
            record.EnumerateObject().Select(member => member.Name));
        Assert.Equal("coach", record.GetProperty("execution_mode").GetString());
        Assert.Equal(0.91, record.GetProperty("session_reward").GetProperty("score").GetDouble());
        Assert.Equal("tier1", record.GetProperty("reward_audit")[0].GetProperty("stage").GetString());
        Assert.False(record.GetProperty("drift_alert").GetBoolean());
        Assert.Equal(0.04, record.GetProperty("drift").GetProperty("score_delta").GetDouble());
        var metadata = record.GetProperty("session_metadata");
        Assert.Equal(42, metadata.GetProperty("session_id").GetInt32());
        Assert.Equal("succeeded", metadata.GetProperty("status").GetString());
        Assert.Equal("2026-03-04T09:15:22.481903+00:00", metadata.GetProperty("created_at").GetString());
        Assert.Equal("approved", metadata.GetProperty("review_status").GetString());
        Assert.Equal(2, metadata.GetProperty("trajectory_events").GetArrayLength());
        Assert.Equal(JsonValueKind.Object, metadata.GetProperty("reward_stats").ValueKind);
    }

    [Fact]
    public async Task Events_carry_type_name_and_actor_from_wherever_they_stand()
    {
        var events = (await RecordAsync(Session())).GetProperty("trajectory_events");
        Assert.Equal("TASK_START", events[0].GetProperty("type").GetString());
        Assert.Equal("student", events[0].GetProperty("actor").GetString());
        Assert.Equal("TOOL_END", events[1].GetProperty("type").GetString());
        Assert.Equal("TOOL_END", events[1].GetProperty("event_type").GetString());
        Assert.Equal("ledger.match", events[1].GetProperty("name").GetString());
        Assert.Equal("student", events[1].GetProperty("actor").GetString());
        Assert.Equal([4, 5], events.EnumerateArray().Select(item => item.GetProperty("id").GetInt32()));
    }

    [Fact]
    public async Task A_step_carries_its_plan_its_reward_and_what_came_before_it()
    {
        var record = await RecordAsync(Session());
        Assert.Equal(["id", "description", "tool", "tool_params", "depends_on"], record.GetProperty("plan").GetProperty("steps")[1].EnumerateObject().Select(member => member.Name));
        var steps = record.GetProperty("steps");
        var first = steps[0];
        Assert.Equal("Read the ledger", first.GetProperty("description").GetString());
        Assert.Equal("ledger.read", first.GetProperty("tool").GetString());
        Assert.Equal("march", first.GetProperty("tool_params").GetProperty("0").GetString());
        Assert.Equal(0.92, first.GetProperty("reward").GetProperty("score").GetDouble());
        var judge = first.GetProperty("reward").GetProperty("judges")[0];
        Assert.Equal("process", judge.GetProperty("identifier").GetString());
        Assert.Equal(JsonValueKind.Null, judge.GetProperty("samples")[0].GetProperty("temperature").ValueKind);
        Assert.True(first.GetProperty("validation").GetProperty("valid").GetBoolean());
        Assert.Equal("recon.csv", first.GetProperty("artifacts").GetProperty("report").GetString());
        Assert.Equal("thinking", first.GetProperty("reasoning")[0].GetString());
        var second = steps[1];
        Assert.Equal("19 rows", second.GetProperty("context").GetProperty("prior_results").GetProperty("1").GetProperty("output_text").GetString());
        Assert.Equal("ok", second.GetProperty("context").GetProperty("prior_results").GetProperty("1").GetProperty("status").GetString());
        Assert.Equal("19 rows", second.GetProperty("context").GetProperty("prior_results_text").GetProperty("1").GetString());
        Assert.Equal("{}", second.GetProperty("tool_params").GetRawText());
        Assert.Equal(2, second.GetProperty("attempts").GetInt32());
        Assert.Equal(2, second.GetProperty("guidance").GetArrayLength());
        var metadata = second.GetProperty("metadata");
        Assert.Equal(1, metadata.GetProperty("depends_on")[0].GetInt32());
        Assert.Equal(0.82, metadata.GetProperty("attempt_history")[1].GetProperty("evaluation").GetProperty("reward").GetProperty("score").GetDouble());
        Assert.Equal(2, metadata.GetProperty("attempt_details").GetArrayLength());
    }

    [Fact]
    public async Task A_bare_session_has_the_five_keys_that_are_always_there()
    {
        var record = await RecordAsync(new TrainingSession { Id = 1, Task = "", Status = "running", ReviewStatus = "", CreatedAt = DateTimeOffset.UnixEpoch });
        Assert.Equal(["task", "final_answer", "plan", "steps", "session_metadata"], record.EnumerateObject().Select(member => member.Name));
        Assert.Equal("{}", record.GetProperty("plan").GetRawText());
    }

    [Fact]
    public async Task Lines_keep_letters_as_they_are_and_hold_no_line_breaks()
    {
        using var output = new MemoryStream();
        await using var writer = new JsonlWriter(output);
        await writer.WriteAsync(Session() with { Task = "für\n„alle“ 🚀" });
        await writer.WriteAsync(Session());
        await writer.FinishAsync();
        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal(2, text.Count(letter => letter == '\n'));
        Assert.StartsWith("""{"task":"für\n„alle“ """, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_holds_what_the_lines_hold()
    {
        const int Sessions = 2500;
        using var output = new MemoryStream();
        await using (var writer = await ParquetTrainingWriter.CreateAsync(output))
        {
            for (var id = 0; id < Sessions; id++)
            {
                await writer.WriteAsync(Session() with { Id = id, CompletedAt = id % 2 == 0 ? null : DateTimeOffset.UnixEpoch });
            }

            await writer.FinishAsync();
        }

        output.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(output);
        Assert.Equal(3, reader.RowGroupCount);
        var expected = await RecordAsync(Session());
        using var group = reader.OpenRowGroupReader(2);
        Assert.Equal(500, group.RowCount);
        var ids = new long[500];
        await group.ReadAsync<long>(Field("session_id"), ids);
        Assert.Equal(2499, ids[^1]);
        var scores = new double?[500];
        await group.ReadAsync<double>(Field("reward_score"), scores);
        Assert.All(scores, score => Assert.Equal(0.91, score));
        var ends = new DateTime?[500];
        await group.ReadAsync<DateTime>(Field("completed_at"), ends);
        Assert.Equal((null, DateTime.UnixEpoch), (ends[0], ends[1]));
        foreach (var name in (string[])["steps", "trajectory_events", "plan"])
        {
            var texts = new string[500];
            await group.ReadAsync(Field(name), texts);
            Assert.Equal(expected.GetProperty(name).GetRawText(), texts[7]);
        }

        Parquet.Schema.DataField Field(string name) => reader.Schema.DataFields.Single(field => field.Name == name);
    }

    /// <summary>Configuration, variable, whether approval is required, what the caller adds, whether all; and what comes of it.</summary>
    [Theory]
    [InlineData(null, null, true, "", false, "approved")]
    [InlineData(null, null, false, "", false, "approved,pending")]
    [InlineData("approved,pending", null, true, "", false, "approved,pending")]
    [InlineData("", null, false, "", false, "approved")]
    [InlineData("quarantined", "Pending, approved", true, "", false, "pending,approved")]
    [InlineData("quarantined", " ", true, "", false, "quarantined")]
    [InlineData(null, "pending", false, "", false, "pending")]
    [InlineData(null, null, true, "PENDING,approved", false, "approved,pending")]
    [InlineData(null, null, true, "", true, "")]
    [InlineData("*", null, true, "", false, "")]
    [InlineData(null, "all", true, "", false, "")]
    [InlineData(null, null, true, "*", false, "")]
    public void Statuses_follow_configuration_then_variable_then_caller(
        string? configured, string? variable, bool requireApproval, string added, bool all, string expected) => Assert.Equal(
        Split(expected),
        ExportStatuses.Resolve(configured is null ? null : Split(configured), variable, requireApproval, Split(added), all));

    private static ImmutableArray<string> Split(string list) => [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries)];

    private static async Task<JsonElement> RecordAsync(TrainingSession session)
    {
        using var output = new MemoryStream();
        await using var writer = new JsonlWriter(output);
        await writer.WriteAsync(session);
        await writer.FinishAsync();
        return JsonElement.Parse(output.ToArray());
    }

    private static TrainingSession Session() => new()
    {
        Id = 42,
        Task = "Reconcile March",
        Status = "succeeded",
        ReviewStatus = "approved",
        ReviewNotes = " Looks safe ",
        FinalAnswer = "Done",
        CreatedAt = new DateTimeOffset(2026, 3, 4, 9, 15, 22, TimeSpan.Zero).AddTicks(4_819_030),
        Metadata = JsonElement.Parse("""
            {"learning_key":"key","created_at":"","adaptive_summary":{"adaptive_mode":"coach"},"triage_dossier":{"summary":"s"},"reward_summary":{"score":0.91},
             "drift":{"score_delta":0.04,"drift_alert":false},"learning_history":{"count":2},"teacher_notes":["a"]}
            """),
        Reward = JsonElement.Parse("""{"score":0.91}"""),
        RewardStats = JsonElement.Parse("""{"score":0.91}"""),
        RewardAudit = JsonElement.Parse("""[{"stage":"tier1"},"odd"]"""),
        StudentLearning = "For the student.",
        TeacherLearning = "For the teacher.",
        Plan = JsonElement.Parse("""
            {"steps":[{"id":1,"description":"Read the ledger","tool":"ledger.read","tool_params":["march"]},{"id":2,"description":"Match","depends_on":[1]}]}
            """),
        Steps =
        [
            new TrainingStep(
                1, "trace", "19 rows",
                JsonElement.Parse("""{"validation":{"valid":true},"reward":{"score":0.92,"judges":[{"identifier":"process","score":0.9,"samples":[{"score":0.9}]}]}}"""),
                1, JsonElement.Parse("""{"status":"ok","artifacts":{"report":"recon.csv"},"reasoning":["thinking"]}"""), [], []),
            new TrainingStep(
                2, null, "17 matched", null, null, null,
                [new TrainingAttempt(1, null), new TrainingAttempt(2, JsonElement.Parse("""{"reward":{"score":0.82}}"""))], ["first", "second"]),
        ],
        Events =
        [
            new TrainingEvent(4, JsonElement.Parse("""{"event_type":"TASK_START","name":"n","metadata":{"actor":"student"}}"""), DateTimeOffset.UnixEpoch),
            new TrainingEvent(5, JsonElement.Parse("""{"payload":{"event_type":"TOOL_END","name":"ledger.match","metadata":{"actor":"student"}}}"""), DateTimeOffset.UnixEpoch),
        ],
    };
}
