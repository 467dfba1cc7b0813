using System.Text.Json.Nodes;
using Atlas.Configuration.Orchestration;
using Atlas.Configuration.Teacher;
using Atlas.Domain;
using Atlas.Learning.Options;
using Atlas.Learning.Text;
using Atlas.Runtime.Teachers;
using Atlas.Runtime.Tests.Harness;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Runtime.Tests.Teachers;

public class TeacherTests
{
    [Theory]
    [InlineData("Aa. Bb. Cc dd.", "Aa. Bb")]
    [InlineData("Aa. Bb. Cc", "Aa. Bb.")]
    [InlineData(" Aa ", "Aa.")]
    [InlineData("", "")]
    [InlineData("Refund 16.00, not 20.00", "Refund 16.00, not 20.00.")]
    [InlineData("Read orders.json. See https://shop.example/a.b first. Then stop.", "Read orders.json. See https://shop.example/a.b first")]
    [InlineData("Wait... Then\ngo.\nOn.", "Wait. Then\ngo")]
    public void A_coach_says_two_sentences(string text, string kept) => Assert.Equal(kept, GuidanceText.FirstTwoSentences(text));

    [Theory]
    [InlineData("I think this is fine")]
    [InlineData("")]
    [InlineData("[1, 2")]
    [InlineData("""{"steps":[{"id":1,"description":"a","depends_on":[2]},{"id":2,"description":"b","depends_on":[1]}]}""")]
    [InlineData("""{"steps":[{"id":1}]}""")]
    [InlineData("""{"steps":[]}""")]
    public async Task Nonsense_about_a_plan_leaves_the_students_plan(string nonsense)
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Teacher = new ScriptedChat(call => call.Kind == "review" ? nonsense : """{"valid":true}""");

        var result = await scene.RunAsync();

        Assert.Equal(SessionStatus.Succeeded, result.Status);
        Assert.Equal(["plan", "step 1", "step 2", "synthesis"], scene.StudentKinds);
        Assert.Contains("review of the plan cannot be used", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(result.Warnings[0], scene.Session.Metadata["runtime_warnings"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Looks good to me.")]
    [InlineData("null")]
    [InlineData("""{"verdict":"valid"}""")]
    public async Task Nonsense_about_a_step_accepts_it_with_a_recorded_warning(string nonsense)
    {
        var scene = new Scene().With(SupervisionMode.Paired, OrchestrationFlow.SingleShot);
        scene.Teacher = new ScriptedChat(_ => nonsense);

        var result = await scene.RunAsync();

        Assert.Equal(SessionStatus.Succeeded, result.Status);
        var validation = Assert.Single(result.Steps).Validation();
        Assert.True(validation["valid"]!.GetValue<bool>());
        Assert.Contains("cannot be used", validation["warning"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Single(result.Warnings);
    }

    [Fact]
    public async Task A_teacher_that_cannot_be_reached_does_not_end_the_session()
    {
        var scene = new Scene().With(SupervisionMode.Coach);
        scene.Teacher = new ScriptedChat((_, _) => Task.FromException<ChatResponse>(new HttpRequestException("connection refused")));

        var result = await scene.RunAsync();

        Assert.Equal(SessionStatus.Succeeded, result.Status);
        Assert.Equal(5, result.Warnings.Length);
        Assert.All(result.Warnings, warning => Assert.Contains("connection refused", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_teacher_that_says_nothing_is_not_waited_for_longer_than_a_step()
    {
        var scene = new Scene().With(SupervisionMode.Paired, OrchestrationFlow.SingleShot, timeout: 0.05);
        scene.Teacher = new ScriptedChat((_, _) => new TaskCompletionSource<ChatResponse>().Task);

        var result = await scene.RunAsync();

        Assert.Equal(SessionStatus.Succeeded, result.Status);
        Assert.Contains("did not answer in time", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_kind_of_question_has_its_own_limit_of_tokens()
    {
        var scene = new Scene();
        scene.Configuration = scene.Configuration with
        {
            Teacher = new TeacherOptions
            {
                Llm = new LlmParameters { Model = "teacher", MaxOutputTokens = 99 },
                MaxReviewTokens = 3072,
                ValidationMaxTokens = 1536,
            },
        };
        scene.With(SupervisionMode.Coach);

        await scene.RunAsync();

        Assert.Equal([3072, 99, 1536, 99, 1536], scene.Teacher!.Calls.Select(call => call.Options!.MaxOutputTokens));
        Assert.All(scene.Teacher.Calls, call => Assert.IsType<ChatResponseFormatJson>(call.Options!.ResponseFormat));
    }

    [Fact]
    public async Task The_verdict_stores_what_it_was_asked_with()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Cluster.Playbook = MemoryCluster.Resolved("Be quick.", "Ask for amounts.");

        var result = await scene.RunAsync();

        var asked = scene.Teacher!.Calls[2];
        var request = result.Steps[1].Validation()["validation_request"]!;
        Assert.True(JsonNode.DeepEquals(request, asked.Request));
        Assert.Equal("Did step 2.", request["deliverable"]!["content"]!.GetValue<string>());
        Assert.Equal(JsonDigest.Of("Did step 2."), request["deliverable"]!["hash"]!.GetValue<string>());
        Assert.Equal("Did step 1.", request["prior_results"]!["content"]!["1"]!["deliverable"]!.GetValue<string>());
        Assert.True(request["prior_results"]!["changed"]!.GetValue<bool>());
        Assert.Equal("Ask for amounts.", request["teacher_playbook"]!.GetValue<string>());
        Assert.Equal(scene.Cluster.Playbook.Teacher!.Sha256, request["teacher_playbook_hash"]!.GetValue<string>());
        Assert.EndsWith("Respond with JSON only.", asked.User, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_teacher_thinks_aloud_is_kept()
    {
        var scene = new Scene().With(SupervisionMode.Paired, OrchestrationFlow.SingleShot);
        scene.Teacher = new ScriptedChat(_ => new ChatResponse(new ChatMessage(
            ChatRole.Assistant, [new TextReasoningContent("The amount is there."), new TextContent("""{"valid":true}""")])));

        var result = await scene.RunAsync();

        Assert.Equal("The amount is there.", result.Steps[0].Validation()["reasoning"]!["reasoning_content"]!.GetValue<string>());
        Assert.Equal("validation", scene.Session.Metadata["reasoning_traces"]!["teacher"]![0]!["origin"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_plan_that_was_reviewed_is_not_reviewed_again_until_task_plan_or_playbook_change()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Cluster.Playbook = MemoryCluster.Resolved(null, "Ask for amounts.");
        var runtime = scene.Build();

        await runtime.RunAsync(scene.Request);
        await runtime.RunAsync(scene.Request);
        Assert.Equal(1, Reviews());

        await runtime.RunAsync(new RunRequest("Refund order 1043"));
        Assert.Equal(2, Reviews());

        scene.Cluster.Playbook = MemoryCluster.Resolved(null, "Ask for names.");
        await runtime.RunAsync(scene.Request);
        Assert.Equal(3, Reviews());

        int Reviews() => scene.TeacherKinds.Count(kind => kind == "review");
    }

    [Fact]
    public async Task A_coach_reviews_every_plan_anew()
    {
        var scene = new Scene().With(SupervisionMode.Coach);
        var runtime = scene.Build();

        await runtime.RunAsync(scene.Request);
        await runtime.RunAsync(scene.Request);

        Assert.Equal(2, scene.TeacherKinds.Count(kind => kind == "review"));
    }
}
