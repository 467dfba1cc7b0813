using Atlas.Client;
using Atlas.Configuration.Orchestration;
using Atlas.Contracts;
using Atlas.Contracts.Sessions;
using Atlas.Domain;
using Atlas.Runtime.Observing;
using Atlas.Runtime.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Runtime.Tests.RealSilo;

public class OutageTests
{
    [Fact]
    public async Task A_session_outlives_the_loss_of_its_silo()
    {
        await using var desk = await RunningDesk.StartAsync();
        var observer = new RecordingObserver();
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        observer.Seen = item =>
        {
            // The silo goes once the plan is made; another one comes while the steps are done.
            if (item is { Name: "plan_creation", Type: RunEventTypes.FunctionEnd })
            {
                desk.Cluster.Silos[0].StopAsync().GetAwaiter().GetResult();
                _ = desk.Cluster.AddSiloAsync().ContinueWith(_ => lost.SetResult(), TaskScheduler.Default);
            }
        };
        var options = new AtlasRuntimeOptions { Patience = TimeSpan.FromMinutes(3), Heartbeat = TimeSpan.FromSeconds(1) };

        var result = await desk.Runtime(SupervisionMode.Paired, options: options).RunAsync(RunningDesk.Request() with { Observer = observer });
        await lost.Task;

        Assert.Equal((SessionStatus.Succeeded, null), (result.Status, result.Error));
        Assert.Equal("succeeded", await desk.Cluster.Database.ScalarAsync<string>("SELECT status FROM sessions WHERE id = $1", result.SessionId));
        Assert.Equal(2L, await desk.Cluster.Database.ScalarAsync<long>("SELECT count(*) FROM step_results WHERE session_id = $1", result.SessionId));
        Assert.Equal(
            1L,
            await desk.Cluster.Database.ScalarAsync<long>(
                "SELECT count(*) FROM trajectory_events WHERE session_id = $1 AND event->'payload'->>'event_type' = 'WORKFLOW_END'", result.SessionId));
    }

    [Fact]
    public async Task A_cancelled_session_is_failed_in_the_database()
    {
        await using var desk = await RunningDesk.StartAsync();
        using var source = new CancellationTokenSource();
        var observer = new RecordingObserver { Seen = item => { if (item is { Type: RunEventTypes.TaskStart, StepId: 2 }) { source.Cancel(); } } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => desk.Runtime(SupervisionMode.Paired).RunAsync(RunningDesk.Request() with { Observer = observer }, source.Token));

        var row = await desk.AskAsync(
            "SELECT jsonb_build_object('status', status, 'error', metadata->'runtime_error') FROM sessions WHERE id = $1", observer.Start!.SessionId);
        Assert.Equal("""{"error":"The run was cancelled.","status":"failed"}""", row!.ToJsonString());
    }

    [Fact]
    public async Task A_session_that_another_runtime_began_is_gone_on_with_after_its_events()
    {
        await using var desk = await RunningDesk.StartAsync();
        var begun = await desk.Cluster.Client.StartSessionAsync(new StartSession("Refund order 1042", RunningDesk.Key, ExternalId: "desk-7"));
        await begun.AppendAsync(TrajectoryEvent.Message("I begin."), TrajectoryEvent.Message("I stop."));

        var result = await desk.Runtime(SupervisionMode.Auto).RunAsync(RunningDesk.Request() with { ExternalId = "desk-7" });

        Assert.Equal((begun.SessionId, SessionStatus.Succeeded), (result.SessionId, result.Status));
        var events = (await desk.AskAsync(
            "SELECT jsonb_agg(event->'payload'->>'event_type' ORDER BY sequence) FROM trajectory_events WHERE session_id = $1", begun.SessionId))!.AsArray();
        Assert.Equal(["LLM_END", "LLM_END", "WORKFLOW_START"], events.Take(3).Select(type => type!.GetValue<string>()));
        Assert.Equal("WORKFLOW_END", events[^1]!.GetValue<string>());
        await Assert.ThrowsAsync<AtlasRefusedException>(() => desk.Runtime(SupervisionMode.Auto).RunAsync(RunningDesk.Request() with { ExternalId = "desk-7" }));
    }

    [Fact]
    public async Task Events_reach_the_database_while_the_session_runs()
    {
        await using var desk = await RunningDesk.StartAsync();
        var stored = 0L;
        var observer = new RecordingObserver();
        observer.Seen = item =>
        {
            if (item is { Type: RunEventTypes.TaskStart, StepId: 2 })
            {
                Eventually.TrueAsync(
                    async () => (stored = await desk.Cluster.Database.ScalarAsync<long>(
                        "SELECT count(*) FROM trajectory_events t JOIN sessions s ON s.id = t.session_id WHERE s.status = 'running'")) > 10,
                    TimeSpan.FromMinutes(1)).GetAwaiter().GetResult();
            }
        };

        await desk.Runtime(SupervisionMode.Paired).RunAsync(RunningDesk.Request() with { Observer = observer });

        Assert.True(stored > 10);
    }
}
