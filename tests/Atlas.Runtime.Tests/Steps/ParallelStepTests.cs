using System.Collections.Concurrent;
using System.Text.Json;
using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Runtime.Agents;
using Atlas.Runtime.Tests.Harness;
using Xunit;

namespace Atlas.Runtime.Tests.Steps;

public class ParallelStepTests
{
    [Fact]
    public async Task Steps_of_one_level_run_at_the_same_time_and_keep_their_own_payloads()
    {
        using var together = new Barrier(2);
        var payloads = new ConcurrentQueue<AgentPayload>();
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Agent = new DelegateAgent("order-desk", (call, _) => Task.FromResult(Answer(call)));

        var result = await scene.RunAsync();

        Assert.Equal(SessionStatus.Succeeded, result.Status);
        Assert.Equal([1, 2, 3], result.Steps.Select(step => step.Id));
        Assert.Equal(["out 1", "out 2", "out 3"], result.Steps.Select(step => JsonDocument.Parse(step.Output).RootElement.GetProperty("result").GetProperty("deliverable").GetString()));
        Assert.All(payloads, payload => Assert.Equal(Scene.Task, payload.TaskPayload));
        Assert.Equal(
            ["planning", "execution 1 []", "execution 2 []", "execution 3 [1,2]", "synthesis"],
            payloads.Select(Line).Order(StringComparer.Ordinal).OrderBy(line => line.StartsWith("planning", StringComparison.Ordinal) ? 0 : line.StartsWith("execution", StringComparison.Ordinal) ? 1 : 2));
        Assert.All(payloads, payload => Assert.InRange(payload.ToJson().ToJsonString().Length, 1, 1024));

        string Answer(AgentCall call)
        {
            payloads.Enqueue(call.Payload);
            if (call.Payload.StepPayload is not { } step)
            {
                return call.Payload.Mode == AgentMode.Planning ? Scene.SideBySide : "Same.";
            }

            // Only both together get past here, so it hangs if the steps run one after the other.
            Assert.True(step.StepId == 3 || together.SignalAndWait(TimeSpan.FromMinutes(1)));
            return Scene.Done($"out {step.StepId}");
        }

        static string Line(AgentPayload payload)
        {
            var json = payload.ToJson();
            return json["step_payload"] is { } step ? $"{json["mode"]} {step["step_id"]} {step["depends_on"]!.ToJsonString()}" : $"{json["mode"]}";
        }
    }

    [Fact]
    public async Task Events_of_parallel_steps_are_their_own_steps_events()
    {
        using var together = new Barrier(2);
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Student = new ScriptedChat((call, token) => Task.Run(
            () =>
            {
                if (call.Kind is "step 1" or "step 2")
                {
                    Assert.True(together.SignalAndWait(TimeSpan.FromMinutes(1), token));
                }

                return ScriptedChat.Say(call.Kind switch { "plan" => Scene.SideBySide, "synthesis" => "Same.", var step => Scene.Done($"out of {step}") });
            },
            token));

        await scene.RunAsync();

        var ends = scene.Session.Events.Where(item => item["event_type"]!.GetValue<string>() == "LLM_END" && item["metadata"]!["actor"]!.GetValue<string>() == "student");
        Assert.All(
            ends.Where(item => item["metadata"]!["step_id"] is not null),
            item => Assert.Contains($"out of step {item["metadata"]!["step_id"]}", item["data"]!["output"]!.ToJsonString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failing_step_lets_its_level_finish_and_then_fails_the_session()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Student = new ScriptedChat(call => call.Kind switch
        {
            "plan" => Scene.SideBySide,
            "step 1" => throw new InvalidOperationException("The first cannot be read."),
            _ => Scene.Done("read"),
        });

        var result = await scene.RunAsync();

        Assert.Equal((SessionStatus.Failed, "The first cannot be read."), (result.Status, result.Error));
        Assert.Equal([(1, "error"), (2, "passed")], result.Steps.Select(step => (step.Id, step.Status)));
        Assert.DoesNotContain("step 3", scene.StudentKinds);
        Assert.Equal("runtime_error", scene.Session.Steps[0].Evaluation!.Reward!.Rationale);
        Assert.Equal(SessionStatus.Failed, scene.Session.Completion!.Status);
    }
}
