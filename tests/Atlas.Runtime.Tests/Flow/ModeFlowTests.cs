using System.Text.Json;
using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Domain.Json;
using Atlas.Domain.Sessions;
using Atlas.Runtime.Tests.Harness;
using Xunit;

namespace Atlas.Runtime.Tests.Flow;

public class ModeFlowTests
{
    [Fact]
    public async Task Auto_asks_the_student_once_and_the_teacher_never()
    {
        var scene = new Scene().With(SupervisionMode.Auto);

        var result = await scene.RunAsync();

        Assert.Equal(["step 1"], scene.StudentKinds);
        Assert.Empty(scene.Teacher!.Calls);
        Assert.Equal((SessionStatus.Succeeded, "Did step 1.", "auto", "forced"), (result.Status, result.Answer, result.ExecutionMode, result.ModeSource));
        Assert.Equal("single_shot", scene.Session.Plan!["execution_mode"]!.GetValue<string>());
        Assert.Equal("completed", Assert.Single(result.Steps).Status);
        Assert.Equal("""{"valid":true,"guidance":null}""", JsonSerializer.Serialize(result.Steps[0].Evaluation.Validation, AtlasJson.Options));
    }

    [Fact]
    public async Task Paired_reviews_the_plan_validates_each_step_and_lets_the_student_sum_up()
    {
        var scene = new Scene().With(SupervisionMode.Paired);

        var result = await scene.RunAsync();

        Assert.Equal(["plan", "step 1", "step 2", "synthesis"], scene.StudentKinds);
        Assert.Equal(["review", "verdict 1", "verdict 2"], scene.TeacherKinds);
        Assert.Equal("Order 1042 is refunded.", result.Answer);
        Assert.All(result.Steps, step => Assert.Equal("passed", step.Status));
        Assert.Equal("stepwise", scene.Session.Plan!["execution_mode"]!.GetValue<string>());
        Assert.Equal(2, scene.Session.Plan["steps"]!.AsArray().Count);
        Assert.Contains("Did step 1.", scene.Student.Calls[2].User, StringComparison.Ordinal);
        Assert.Contains("Did step 2.", scene.Student.Calls[3].User, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coach_advises_before_each_step_in_at_most_two_sentences()
    {
        var scene = new Scene().With(SupervisionMode.Coach);

        var result = await scene.RunAsync();

        Assert.Equal(["plan", "step 1", "step 2", "synthesis"], scene.StudentKinds);
        Assert.Equal(["review", "guidance 1", "verdict 1", "guidance 2", "verdict 2"], scene.TeacherKinds);
        Assert.Contains("Look twice. Then act", scene.Student.Calls[1].User, StringComparison.Ordinal);
        Assert.DoesNotContain("Never guess", scene.Student.Calls[1].User, StringComparison.Ordinal);
        Assert.Equal([(1, "Look twice. Then act"), (2, "Look twice. Then act")], scene.Session.Guidance);
        Assert.Equal(["Look twice. Then act", "Look twice. Then act"], scene.Session.Metadata["teacher_notes"]!.AsArray().Select(note => note!.GetValue<string>()));
        Assert.All(result.Steps, step => Assert.Equal("Look twice. Then act", Assert.Single(step.Guidance)));
    }

    [Fact]
    public async Task Paired_at_once_does_the_task_in_one_validated_step()
    {
        var scene = new Scene().With(SupervisionMode.Paired, OrchestrationFlow.SingleShot);

        var result = await scene.RunAsync();

        Assert.Equal(["step 1"], scene.StudentKinds);
        Assert.Equal(["verdict 1"], scene.TeacherKinds);
        Assert.Equal("Did step 1.", result.Answer);
        Assert.Equal(PlanExecution.SingleShot, result.Plan!.ExecutionMode);
    }

    [Fact]
    public async Task Coach_at_once_collapses_the_reviewed_plan_into_one_step()
    {
        var scene = new Scene().With(SupervisionMode.Coach, OrchestrationFlow.SingleShot);

        var result = await scene.RunAsync();

        Assert.Equal(["plan", "step 1"], scene.StudentKinds);
        Assert.Equal(["review", "verdict 1"], scene.TeacherKinds);
        var step = Assert.Single(result.Plan!.Steps).Description;
        Assert.EndsWith("1. Look the order up\n2. Refund it", step, StringComparison.Ordinal);
        Assert.Equal(2, scene.Session.Metadata["original_plan"]!["steps"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_request_forces_its_own_mode()
    {
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Request = scene.Request with { ForcedMode = SupervisionMode.Coach };

        var result = await scene.RunAsync();

        Assert.Equal("coach", result.ExecutionMode);
        Assert.Contains("guidance 1", scene.TeacherKinds);
    }

    [Fact]
    public async Task Without_a_teacher_every_session_runs_alone_and_says_so()
    {
        var scene = new Scene { Teacher = null }.With(SupervisionMode.Coach);

        var result = await scene.RunAsync();

        Assert.Equal(("auto", "no_teacher", SessionStatus.Succeeded), (result.ExecutionMode, result.ModeSource, result.Status));
        Assert.Contains("There is no teacher for the mode coach", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_teachers_plan_is_executed_without_its_words_on_how()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Teacher = new ScriptedChat(call => call.Kind == "review"
            ? """{"steps":[{"id":7,"description":"Ask the customer"}],"execution_mode":"single_shot"}"""
            : """{"valid":true}""");

        var result = await scene.RunAsync();

        Assert.Equal(["plan", "step 7", "synthesis"], scene.StudentKinds);
        Assert.Equal(PlanExecution.Stepwise, result.Plan!.ExecutionMode);
        Assert.Equal(2, scene.Session.Metadata["student_plan"]!["steps"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_final_answer_is_taken_out_of_its_wrapping_and_other_JSON_left_as_it_is()
    {
        foreach (var (said, answer) in new[]
        {
            ("""{"final_answer":"Refunded.","supporting_evidence":["step 2"]}""", "Refunded."),
            ("""{"refunded":true}""", """{"refunded":true}"""),
        })
        {
            var scene = new Scene().With(SupervisionMode.Paired);
            scene.Student = new ScriptedChat(call => call.Kind switch { "plan" => Scene.TwoSteps, "synthesis" => said, _ => Scene.Done("x") });

            Assert.Equal(answer, (await scene.RunAsync()).Answer);
        }
    }
}
