using Atlas.Configuration.Orchestration;
using Atlas.Configuration.Student;
using Atlas.Domain.Experiments;
using Atlas.Learning.Options;
using Atlas.Runtime.Tests.Harness;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Runtime.Tests.Students;

public class PromptTests
{
    [Fact]
    public async Task The_playbook_stands_once_in_every_prompt_of_its_role_and_so_does_the_agents_own_prompt()
    {
        var scene = new Scene().With(SupervisionMode.Coach);
        scene.Cluster.Playbook = MemoryCluster.Resolved("Look the order up first.", "Ask for amounts.");

        var result = await scene.RunAsync();

        Assert.True(result.PlaybookApplied);
        Assert.All(scene.Student.Calls, call =>
        {
            Assert.StartsWith(">>> Student Playbook >>>", call.System, StringComparison.Ordinal);
            Once("Look the order up first.", call);
            Once("You work at the order desk.", call);
            Assert.Single(call.Messages, message => message.Role == ChatRole.System);
        });
        Assert.All(scene.Teacher!.Calls, call =>
        {
            Assert.StartsWith(">>> Teacher Playbook >>>", call.System, StringComparison.Ordinal);
            Assert.DoesNotContain("Look the order up first.", call.System, StringComparison.Ordinal);
        });

        static void Once(string text, ScriptedCall call) => Assert.Equal(2, (call.System + call.User).Split(text).Length);
    }

    [Fact]
    public async Task The_new_arm_of_an_experiment_gets_its_prompt_and_its_model()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Cluster.Playbook = MemoryCluster.Resolved("Look the order up first.", null) with
        {
            Arm = new(1, IsNew: true, new ArmSettings { Model = "other-model", SystemPrompt = "{base_prompt} Be brief." }),
        };

        await scene.RunAsync();

        Assert.All(scene.Student.Calls, call =>
        {
            Assert.Contains("You work at the order desk. Be brief.", call.System, StringComparison.Ordinal);
            Assert.Equal("other-model", call.Options?.ModelId);
        });
        Assert.NotEmpty(scene.Student.Calls);
    }

    [Fact]
    public async Task A_playbook_that_is_not_to_be_applied_is_in_no_prompt_and_not_said_to_have_been()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Configuration = scene.Configuration with { Learning = new LearningOptions { ApplyToPrompts = false } };
        scene.Cluster.Playbook = MemoryCluster.Resolved("Look the order up first.", "Ask for amounts.");

        var result = await scene.RunAsync();

        Assert.False(result.PlaybookApplied);
        Assert.All(scene.Student.Calls, call => Assert.StartsWith("You work at the order desk.", call.System, StringComparison.Ordinal));
        Assert.All(scene.Teacher!.Calls, call => Assert.DoesNotContain("amounts", call.System + call.User, StringComparison.Ordinal));
        Assert.True(scene.Session.Metadata.ContainsKey("applied_student_learning"));
        Assert.Null(scene.Session.Metadata["applied_student_learning"]);
    }

    [Fact]
    public async Task Configured_prompts_take_the_place_of_ours_and_may_hold_the_agents_own()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Configuration = scene.Configuration with
        {
            Student = new StudentOptions
            {
                MaxPlanTokens = 11,
                MaxStepTokens = 22,
                MaxSynthesisTokens = 33,
                Prompts = new StudentPromptOptions { Planner = "Plan. {base_prompt}", Executor = "Do.", Synthesizer = "{base_prompt} {base_prompt}" },
            },
        };

        await scene.RunAsync();

        Assert.Equal(
            ["Plan. You work at the order desk.", "Do.", "Do.", "You work at the order desk. You work at the order desk."],
            scene.Student.Calls.Select(call => call.System));
        Assert.Equal([11, 22, 22, 33], scene.Student.Calls.Select(call => call.Options!.MaxOutputTokens));
    }

    [Fact]
    public async Task The_prompt_of_a_step_holds_all_it_builds_on()
    {
        var scene = new Scene().With(SupervisionMode.Paired);

        await scene.RunAsync();

        var text = scene.Student.Calls[2].User;
        Assert.StartsWith("Step ID: 2\nDescription: Refund it\nOriginal Task:\nRefund order 1042\nDependencies: [1]\nPrior Results: {\n  \"1\": {", text, StringComparison.Ordinal);
        Assert.EndsWith("Guidance History: []", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("```json\n[{\"id\":\"step_1\",\"description\":\"Look\"}]\n```", 1)]
    [InlineData("Here is my plan: {\"steps\":[{\"id\":1,\"description\":\"Look\"},{\"id\":2,\"description\":\"Act\"}]}", 2)]
    public async Task Plans_are_read_as_models_write_them(string said, int steps)
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Student = new ScriptedChat(call => call.Kind switch { "plan" => said, "synthesis" => "x", _ => Scene.Done("y") });

        var result = await scene.RunAsync();

        Assert.Equal(steps, result.Steps.Length);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task A_plan_given_as_the_arguments_of_a_tool_is_a_plan()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Student = new ScriptedChat(call => call.Kind switch
        {
            "plan" => ScriptedChat.Ask("submit_plan", new { steps = new[] { new { id = 4, description = "Look" } } }),
            "synthesis" => ScriptedChat.Say("x"),
            _ => ScriptedChat.Say(Scene.Done("y")),
        });

        Assert.Equal(4, Assert.Single((await scene.RunAsync()).Steps).Id);
    }

    [Fact]
    public async Task A_plan_that_cannot_be_read_becomes_one_step()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Student = new ScriptedChat(call => call.Kind switch { "plan" => "I will refund it.", "synthesis" => "x", _ => Scene.Done("y") });

        var result = await scene.RunAsync();

        Assert.Equal(Scene.Task, Assert.Single(result.Steps).Description);
        Assert.Contains("The student's plan cannot be used", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }
}
