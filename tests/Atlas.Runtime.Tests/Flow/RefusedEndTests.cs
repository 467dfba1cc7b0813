using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Domain.Sessions;
using Atlas.Runtime.Tests.Harness;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Runtime.Tests.Flow;

/// <summary>Sessions whose end the cluster refuses, in whole or in part.</summary>
public class RefusedEndTests
{
    [Fact]
    public async Task A_refused_end_still_closes_the_session()
    {
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Session.CompletionRefusal = completion => completion.Status is SessionStatus.Succeeded ? "A review names its reviewer." : null;

        var result = await scene.RunAsync();

        Assert.Equal(SessionStatus.Failed, result.Status);
        Assert.Equal("The end of the session was refused: A review names its reviewer.", result.Error);
        Assert.Equal(SessionStatus.Failed, scene.Session.Completion!.Status);
    }

    [Fact]
    public async Task An_end_that_is_refused_for_its_metadata_keeps_its_result_and_its_reward()
    {
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Request = scene.Request with { Evaluator = (_, _) => Task.FromResult<SessionReward?>(new SessionReward(0.75)) };
        scene.Session.CompletionRefusal = completion => completion.Metadata!.Value.TryGetProperty("execution_mode", out _) ? "The metadata is strange." : null;

        var result = await scene.RunAsync();

        Assert.Equal((SessionStatus.Succeeded, null), (result.Status, result.Error));
        Assert.Equal((SessionStatus.Succeeded, 0.75), (scene.Session.Completion!.Status, scene.Session.Completion.Reward!.Score));
        var warning = Assert.Single(result.Warnings);
        Assert.EndsWith("refused with it: The metadata is strange.", warning, StringComparison.Ordinal);
        Assert.Equal([warning], scene.Session.Metadata["runtime_warnings"]!.AsArray().Select(one => one!.GetValue<string>()));
    }

    [Fact]
    public async Task Metadata_too_large_to_store_leaves_out_its_largest_part_and_says_so()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        var thoughts = new string('x', 2 << 20);
        scene.Teacher = new ScriptedChat(_ => new ChatResponse(new ChatMessage(
            ChatRole.Assistant, [new TextReasoningContent(thoughts), new TextContent("""{"valid":true,"guidance":null}""")])));

        var result = await scene.RunAsync();

        Assert.Equal((SessionStatus.Succeeded, null), (result.Status, result.Error));
        var metadata = scene.Session.Metadata;
        Assert.Equal(SessionStatus.Succeeded, scene.Session.Completion!.Status);
        Assert.Equal("paired", metadata["execution_mode"]!.GetValue<string>());
        Assert.Null(metadata["reasoning_traces"]);
        Assert.Contains("'reasoning_traces', was left out", metadata["runtime_warnings"]!.AsArray()[^1]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_or_an_error_too_long_to_store_still_closes_the_session()
    {
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Student = new ScriptedChat(string (_) => throw new InvalidOperationException(new string('x', 9 << 20)));

        var result = await scene.RunAsync();

        Assert.Equal(SessionStatus.Failed, scene.Session.Completion!.Status);
        Assert.Equal(9 << 20, result.Error!.Length);
    }
}
