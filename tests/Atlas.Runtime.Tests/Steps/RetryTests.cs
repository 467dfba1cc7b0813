using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Runtime.Tests.Harness;
using Xunit;

namespace Atlas.Runtime.Tests.Steps;

public class RetryTests
{
    [Fact]
    public async Task A_step_that_was_found_wanting_is_done_again_with_guidance_and_validated_again()
    {
        var scene = Strict("""{"valid":false,"guidance":"Name the amount."}""", """{"valid":true,"guidance":null}""");

        var result = await scene.RunAsync();

        Assert.Equal(["step 1", "step 1"], scene.StudentKinds);
        Assert.Contains("Name the amount.", scene.Student.Calls[1].User, StringComparison.Ordinal);
        Assert.Equal(2, scene.Teacher!.Calls.Count);
        Assert.Equal(["Name the amount."], scene.Teacher.Calls[1].Request["attempt_guidance"]!.AsArray().Select(note => note!.GetValue<string>()));
        var step = Assert.Single(result.Steps);
        Assert.Equal((2, "passed"), (step.Attempts, step.Status));
        var stored = Assert.Single(scene.Session.Steps);
        Assert.Equal(2, stored.Attempts.Length);
        Assert.Equal("validation_failed", stored.Attempts[0]!.Reward!.Rationale);
        Assert.Equal(1, scene.Session.Usage!["session"]!["retry_count"]!.GetValue<int>());
        Assert.False(scene.Session.Usage["session"]!["failure_flag"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_last_attempt_that_is_found_wanting_fails_the_step_and_not_the_session()
    {
        var scene = Strict("""{"valid":false,"guidance":"No."}""");

        var result = await scene.RunAsync();

        Assert.Equal(SessionStatus.Succeeded, result.Status);
        Assert.Equal("failed", Assert.Single(result.Steps).Status);
        Assert.True(scene.Session.Usage!["session"]!["failure_flag"]!.GetValue<bool>());
        Assert.Equal("validation_failed", scene.Session.Usage["session"]!["failure_events"]![0]!["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_last_attempt_that_is_not_to_be_validated_says_that_it_was_not()
    {
        var scene = Strict("""{"valid":false,"guidance":"No."}""");
        scene.With(SupervisionMode.Paired, OrchestrationFlow.SingleShot, validateFinal: false);

        var result = await scene.RunAsync();

        Assert.Single(scene.Teacher!.Calls);
        var step = Assert.Single(result.Steps);
        Assert.Equal((2, "passed"), (step.Attempts, step.Status));
        Assert.True(step.Validation()["skipped"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Without_retries_the_only_attempt_is_validated()
    {
        var scene = Strict("""{"valid":false,"guidance":"No."}""");
        scene.With(SupervisionMode.Paired, OrchestrationFlow.SingleShot, retries: 0);

        var result = await scene.RunAsync();

        Assert.Single(scene.Student.Calls);
        Assert.Single(scene.Teacher!.Calls);
        Assert.Equal("failed", Assert.Single(result.Steps).Status);
    }

    [Fact]
    public async Task A_verdict_on_the_same_thing_is_not_asked_for_twice()
    {
        // Without guidance the second attempt differs in nothing that a verdict is signed by.
        var scene = Strict("""{"valid":false,"guidance":null}""");

        var result = await scene.RunAsync();

        Assert.Equal(2, scene.Student.Calls.Count);
        Assert.Single(scene.Teacher!.Calls);
        var step = Assert.Single(result.Steps);
        Assert.Equal(2, step.Attempts);
        Assert.True(step.Validation()["cached"]!.GetValue<bool>());
        Assert.NotNull(step.Validation()["validation_request"]);
    }

    [Fact]
    public async Task Timings_and_results_are_stored_with_the_step()
    {
        var scene = Strict("""{"valid":true}""");

        await scene.RunAsync();

        var metadata = JsonSerializer.SerializeToNode(Assert.Single(scene.Session.Steps).Metadata)!;
        Assert.Equal("ok", metadata["status"]!.GetValue<string>());
        Assert.Equal("Did step 1.", metadata["deliverable"]!.GetValue<string>());
        Assert.Equal("Did step 1.", metadata["structured_output"]!["deliverable"]!.GetValue<string>());
        Assert.Equal("""{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"calls":1}""", metadata["usage"]!.ToJsonString());
        var timings = metadata["runtime"]!["timings_ms"]!;
        Assert.Equal(
            timings["total_ms"]!.GetValue<double>(), timings["student_ms"]!.GetValue<double>() + timings["validation_ms"]!.GetValue<double>(), 3);
    }

    private static Scene Strict(params string[] verdicts)
    {
        var scene = new Scene().With(SupervisionMode.Paired, OrchestrationFlow.SingleShot);
        scene.Teacher = new ScriptedChat(call => verdicts[Math.Min(call.Number, verdicts.Length) - 1]);
        return scene;
    }
}
