using System.Runtime.CompilerServices;
using Atlas.Configuration.Orchestration;
using Atlas.Contracts;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Observing;
using Atlas.Runtime.Tests.Harness;
using Atlas.Testing;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Runtime.Tests.Flow;

public class FailureTests
{
    [Fact]
    public async Task A_student_that_throws_fails_the_session_and_what_was_known_is_stored()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Student = new ScriptedChat(call => call.Kind switch
        {
            "plan" => Scene.TwoSteps,
            "step 1" => Scene.Done("found"),
            _ => throw new InvalidOperationException("The student is tired."),
        });

        var result = await scene.RunAsync();

        Assert.Equal((SessionStatus.Failed, "The student is tired.", ""), (result.Status, result.Error, result.Answer));
        Assert.Equal(SessionStatus.Failed, scene.Session.Completion!.Status);
        Assert.Equal("The student is tired.", scene.Session.Metadata["runtime_error"]!.GetValue<string>());
        Assert.Equal([1, 2], scene.Session.Steps.Select(step => step.StepId));
        Assert.NotNull(scene.Session.Plan);
        Assert.Equal("WORKFLOW_END orchestration runtime", scene.Session.EventLines[^1]);
        Assert.Equal("""{"error":"The student is tired."}""", scene.Session.Events[^1]["data"]!["output"]!.ToJsonString());
        Assert.Equal("paired", scene.Session.Metadata["execution_mode"]!.GetValue<string>());
        Assert.True(scene.Session.Usage!["session"]!["failure_flag"]!.GetValue<bool>());
        Assert.Null(scene.Session.Completion.Reward);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tool_that_hangs_is_left_behind_when_the_steps_time_is_over(bool listens)
    {
        var scene = new Scene().With(SupervisionMode.Auto, timeout: 0.2);
        scene.Student = new ScriptedChat(_ => ScriptedChat.Ask("wait"));
        scene.Tools =
        [
            AIFunctionFactory.Create(
                (CancellationToken token) => listens ? Task.Delay(Timeout.Infinite, token) : new TaskCompletionSource().Task, "wait"),
        ];

        var result = await scene.RunAsync();

        Assert.Equal((SessionStatus.Failed, "Step 1 was not done within 0.2 seconds (orchestration.step_timeout_seconds)."), (result.Status, result.Error));
        Assert.Contains("TOOL_END wait student", scene.Session.EventLines);
        Assert.Equal("error", Assert.Single(result.Steps).Status);
    }

    [Fact]
    public async Task An_agent_that_does_not_listen_is_left_behind_when_the_steps_time_is_over()
    {
        var scene = new Scene { Agent = new DeafAgent() }.With(SupervisionMode.Auto, timeout: 0.2);

        var result = await scene.RunAsync();

        Assert.Equal(SessionStatus.Failed, result.Status);
        Assert.Contains("within 0.2 seconds", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_closes_the_session_as_failed_before_it_throws()
    {
        using var source = new CancellationTokenSource();
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Observer.Seen = item => { if (item is { Type: RunEventTypes.TaskStart, StepId: 2 }) { source.Cancel(); } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.RunAsync(source.Token));

        Assert.Equal(SessionStatus.Failed, scene.Session.Completion!.Status);
        Assert.Equal("The run was cancelled.", scene.Session.Metadata["runtime_error"]!.GetValue<string>());
        Assert.Equal("passed", scene.Observer.Result!.Steps[0].Status);
        Assert.Equal("WORKFLOW_END orchestration runtime", scene.Session.EventLines[^1]);
    }

    [Fact]
    public async Task A_start_is_tried_again_with_the_same_identity()
    {
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Cluster.FailingStarts = 3;

        Assert.Equal(SessionStatus.Succeeded, (await scene.RunAsync()).Status);
        Assert.Equal(4, scene.Cluster.Started.Count);
        Assert.Single(scene.Cluster.Started.Select(start => start.ExternalId).Distinct());
    }

    [Fact]
    public async Task A_cluster_that_cannot_be_reached_at_the_start_is_told_in_the_end()
    {
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Cluster.FailingStarts = int.MaxValue;
        scene.Options = scene.Options with { Patience = TimeSpan.FromMilliseconds(20) };

        await Assert.ThrowsAsync<AtlasUnavailableException>(() => scene.RunAsync());
        Assert.Empty(scene.Student.Calls);
    }

    [Fact]
    public async Task What_happens_while_the_cluster_is_away_is_stored_when_it_is_back()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Observer.Seen = item =>
        {
            if (item is { Name: "plan_creation", Type: RunEventTypes.FunctionEnd })
            {
                scene.Session.Failure = MemoryCluster.OutOfReach;
            }
            else if (item is { Name: "final_synthesis", Type: RunEventTypes.FunctionEnd })
            {
                scene.Session.Failure = null;
            }
        };

        var result = await scene.RunAsync();

        Assert.Equal(SessionStatus.Succeeded, result.Status);
        Assert.Equal([1, 2], scene.Session.Steps.Select(step => step.StepId));
        Assert.NotNull(scene.Session.Plan);
        Assert.Contains("TASK_END step_2 student", scene.Session.EventLines);
        Assert.Equal("WORKFLOW_END orchestration runtime", scene.Session.EventLines[^1]);
    }

    [Fact]
    public async Task A_cluster_that_stays_away_costs_the_session_and_not_the_answer()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Options = scene.Options with { Patience = TimeSpan.FromMilliseconds(50) };
        scene.Observer.Seen = item => { if (item.Name == "plan_creation") { scene.Session.Failure = MemoryCluster.OutOfReach; } };

        var result = await scene.RunAsync();

        Assert.Equal((SessionStatus.Failed, "Order 1042 is refunded."), (result.Status, result.Answer));
        Assert.StartsWith("Session 42 could not be closed", result.Error, StringComparison.Ordinal);
        Assert.Null(result.Learning);
        Assert.Same(result, scene.Observer.Result);
    }

    [Fact]
    public async Task An_evaluator_gives_the_reward()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        RunOutcome? seen = null;
        scene.Request = scene.Request with
        {
            Evaluator = (outcome, _) =>
            {
                seen = outcome;
                return Task.FromResult<SessionReward?>(new SessionReward(0.75, 0.1, "desk"));
            },
        };

        var result = await scene.RunAsync();

        Assert.Equal(new SessionReward(0.75, 0.1, "desk", null), result.Reward);
        Assert.Equal(0.75, scene.Session.Completion!.Reward!.Score);
        Assert.Equal(0.75, scene.Session.Usage!["session"]!["reward_score"]!.GetValue<double>());
        Assert.Equal((2, "paired", false), (seen!.Steps.Length, seen.ExecutionMode, seen.TeacherIntervened));
        Assert.Equal("Did step 2.", System.Text.Json.Nodes.JsonNode.Parse(seen.ToJudgeRequest().Steps[1].Output)!["result"]!["deliverable"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.5)]
    [InlineData(null)]
    public async Task An_evaluator_that_fails_leaves_the_reward_to_others(double? score)
    {
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Cluster.State = new SessionState(42, SessionStatus.Succeeded, ReviewStatus.Approved, JudgingStatus.Failed, null, "The judge is down.", LearningStanding.Observed);
        scene.Request = scene.Request with
        {
            Evaluator = (_, _) => score is { } given ? Task.FromResult<SessionReward?>(new SessionReward(given)) : throw new TimeoutException("no answer"),
        };

        var result = await scene.RunAsync();

        Assert.Equal((SessionStatus.Succeeded, "The judge is down."), (result.Status, result.RewardAbsent));
        Assert.Null(result.Reward);
        Assert.Null(scene.Session.Completion!.Reward);
        Assert.Single(result.Warnings);
    }

    [Fact]
    public async Task The_reward_of_the_clusters_judges_is_waited_for()
    {
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Cluster.State = new SessionState(42, SessionStatus.Succeeded, ReviewStatus.Approved, JudgingStatus.Judged, new SessionReward(0.8, 0.2, "session_reward"), null, LearningStanding.Applied);

        var result = await scene.RunAsync();

        Assert.Equal(new SessionReward(0.8, 0.2, "session_reward", null), result.Reward);
        Assert.Equal(LearningStanding.Applied, result.Learning);
    }

    [Fact]
    public async Task A_long_step_tells_that_it_is_alive()
    {
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Options = scene.Options with { Heartbeat = TimeSpan.FromMilliseconds(10) };
        scene.Student = new ScriptedChat(async (_, token) =>
        {
            await Eventually.TrueAsync(() => scene.Session.Renewals >= 2, TimeSpan.FromMinutes(1), "Two renewals while the student thinks");
            return ScriptedChat.Say("Done.");
        });

        Assert.Equal(SessionStatus.Succeeded, (await scene.RunAsync()).Status);
    }

    private sealed class DeafAgent : IAgent
    {
        public string Name => "deaf";

        public string SystemPrompt => "";

        public async IAsyncEnumerable<ChatResponseUpdate> CallAsync(AgentCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "I am ");
            await new TaskCompletionSource().Task;
        }
    }
}
