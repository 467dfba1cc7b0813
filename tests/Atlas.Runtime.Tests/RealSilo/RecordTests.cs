using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Xunit;

namespace Atlas.Runtime.Tests.RealSilo;

public class RecordTests
{
    [Theory]
    [InlineData(SupervisionMode.Auto, OrchestrationFlow.Stepwise, 1)]
    [InlineData(SupervisionMode.Paired, OrchestrationFlow.Stepwise, 2)]
    [InlineData(SupervisionMode.Coach, OrchestrationFlow.Stepwise, 2)]
    [InlineData(SupervisionMode.Paired, OrchestrationFlow.SingleShot, 1)]
    [InlineData(SupervisionMode.Coach, OrchestrationFlow.SingleShot, 1)]
    public async Task The_database_holds_all_of_a_session(SupervisionMode mode, OrchestrationFlow flow, int steps)
    {
        await using var desk = await RunningDesk.StartAsync();

        var result = await desk.Runtime(mode, flow).RunAsync(RunningDesk.Request());

        Assert.Equal((SessionStatus.Succeeded, null, ReviewStatus.Approved, LearningStanding.Applied), (result.Status, result.Error, result.ReviewStatus, result.Learning));
        var id = result.SessionId;
        var session = (await desk.AskAsync(
            "SELECT jsonb_build_object('status', status, 'answer', final_answer, 'reward', reward, 'metadata', metadata) FROM sessions WHERE id = $1", id))!;
        Assert.Equal(("succeeded", result.Answer), (session["status"]!.GetValue<string>(), session["answer"]!.GetValue<string>()));
        Assert.Equal(result.Reward!.Score, session["reward"]!["score"]!.GetValue<double>());
        var metadata = session["metadata"]!;
        Assert.Equal(mode.ToString().ToLowerInvariant(), metadata["execution_mode"]!.GetValue<string>());
        Assert.Equal("forced", metadata["adaptive_summary"]!["source"]!.GetValue<string>());
        Assert.Equal("test", metadata["source"]!.GetValue<string>());
        Assert.Equal("refund", metadata["triage_dossier"]!["tags"]![0]!.GetValue<string>());
        Assert.Equal(result.Usage["student"].TotalTokens, metadata["token_usage"]!["total_tokens"]!.GetValue<long>());
        Assert.NotNull(metadata["learning_usage"]!["session"]);

        Assert.Equal(result.Plan!.ExecutionMode.ToWire(), (await desk.AskAsync("SELECT plan FROM plans WHERE session_id = $1", id))!["execution_mode"]!.GetValue<string>());
        Assert.Equal(steps, await Count(desk, "step_results", id));
        Assert.Equal(steps, await Count(desk, "step_attempts", id));
        Assert.Equal(flow is OrchestrationFlow.Stepwise && mode is SupervisionMode.Coach ? steps : 0, await Count(desk, "guidance_notes", id));
        var events = (await desk.AskAsync(
            "SELECT jsonb_agg(event->'payload'->>'event_type' || ' ' || (event->'payload'->>'name') ORDER BY id) FROM trajectory_events WHERE session_id = $1", id))!.AsArray();
        Assert.Equal("WORKFLOW_START orchestration", events[0]!.GetValue<string>());
        Assert.Equal("WORKFLOW_END orchestration", events[^1]!.GetValue<string>());
        Assert.Equal(steps, events.Count(item => item!.GetValue<string>().StartsWith("TASK_END step_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_one_session_teaches_the_next_one_is_told_and_does()
    {
        await using var desk = await RunningDesk.StartAsync();
        var runtime = desk.Runtime(SupervisionMode.Auto);

        var first = await runtime.RunAsync(RunningDesk.Request());
        var second = await runtime.RunAsync(RunningDesk.Request());

        Assert.Equal((0.0, 0, 1), (first.Reward!.Score, first.PlaybookBefore.Version, first.PlaybookAfter!.Version));
        Assert.Equal((1.0, 1), (second.Reward!.Score, second.PlaybookBefore.Version));
        Assert.Equal(first.PlaybookAfter.StudentSha256, second.PlaybookBefore.StudentSha256);
        Assert.Equal("Order 1042: 12 EUR", second.Answer);
        Assert.DoesNotContain("get_order first", desk.Student.Calls[0].System, StringComparison.Ordinal);
        Assert.StartsWith(">>> Student Playbook >>>", desk.Student.Calls[1].System, StringComparison.Ordinal);
        var usage = (await desk.AskAsync("SELECT metadata->'learning_usage'->'session' FROM sessions WHERE id = $1", second.SessionId))!;
        Assert.Equal((1, 1, 0), (usage["cue_hits"]!.GetValue<int>(), usage["action_adoptions"]!.GetValue<int>(), usage["failed_adoptions"]!.GetValue<int>()));
        var applied = (await desk.AskAsync("SELECT metadata->'applied_student_learning' FROM sessions WHERE id = $1", second.SessionId))!;
        Assert.Equal(second.PlaybookBefore.StudentSha256, applied["digest"]!.GetValue<string>());
    }

    [Fact]
    public async Task Sessions_that_run_at_once_are_all_counted()
    {
        await using var desk = await RunningDesk.StartAsync();
        var runtime = desk.Runtime(SupervisionMode.Paired);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => runtime.RunAsync(RunningDesk.Request($"Refund order {number}"))));

        Assert.All(results, result => Assert.Equal((SessionStatus.Succeeded, LearningStanding.Applied), (result.Status, result.Learning)));
        Assert.Equal(8, results.Select(result => result.SessionId).Distinct().Count());
        Assert.Equal(8, (await desk.Cluster.Client.DescribeAsync(RunningDesk.Key)).SessionsObserved);
    }

    private static async Task<int> Count(RunningDesk desk, string table, long id) =>
        (int)await desk.Cluster.Database.ScalarAsync<long>($"SELECT count(*) FROM {table} WHERE session_id = $1", id);
}
