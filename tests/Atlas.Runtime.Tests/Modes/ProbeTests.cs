using Atlas.Configuration.AdaptiveTeaching;
using Atlas.Domain;
using Atlas.Runtime.Tests.Harness;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Runtime.Tests.Modes;

public class ProbeTests
{
    [Fact]
    public async Task The_probe_is_asked_with_task_and_history_and_its_answer_is_stored()
    {
        var scene = new Scene { Probe = new ScriptedChat(_ => """{"mode":"auto","confidence":0.92}""") };
        scene.Cluster.Past = [0.2, 0.85, 0.8, 0.9, 0.9, 0.9, 0.95, 0.9];

        var result = await scene.RunAsync();

        var asked = Assert.Single(scene.Probe.Calls).Request;
        Assert.Equal(Scene.Task, asked["task"]!.GetValue<string>());
        Assert.Equal(8, asked["learning_history"]!["total_count"]!.GetValue<int>());
        Assert.Equal(6, asked["learning_history"]!["entries"]!.AsArray().Count);
        Assert.Equal(("auto", "capability_probe"), (result.ExecutionMode, result.ModeSource));
        Assert.Equal(
            """{"adaptive_mode":"auto","mode_history":[{"mode":"auto","confidence":0.92}],"confidence":0.92,"probe":{"mode":"auto","confidence":0.92},"source":"capability_probe"}""",
            scene.Session.Metadata["adaptive_summary"]!.ToJsonString());
        Assert.Equal(15, result.Usage["probe"].TotalTokens);
    }

    [Fact]
    public async Task A_first_session_is_paired_without_asking()
    {
        var scene = new Scene { Probe = new ScriptedChat(_ => """{"mode":"auto"}""") };

        var result = await scene.RunAsync();

        Assert.Equal(("paired", "no_learning_history"), (result.ExecutionMode, result.ModeSource));
        Assert.Empty(scene.Probe.Calls);
    }

    [Fact]
    public async Task A_first_session_that_needs_no_certificate_asks()
    {
        var scene = new Scene { Probe = new ScriptedChat(_ => """{"mode":"auto"}""") }.With(adaptive: new AdaptiveTeachingOptions { CertifyFirstRun = false });

        Assert.Equal("auto", (await scene.RunAsync()).ExecutionMode);
    }

    [Fact]
    public async Task Without_a_probe_the_fallback_decides()
    {
        var scene = new Scene().With(adaptive: new AdaptiveTeachingOptions { Probe = new ProbeOptions { FallbackMode = FallbackMode.Coach } });
        scene.Cluster.Past = [0.9];

        var result = await scene.RunAsync();

        Assert.Equal(("coach", "probe_disabled"), (result.ExecutionMode, result.ModeSource));
        Assert.Contains("CUSTOM_END capability_probe runtime", scene.Session.EventLines);
    }

    [Fact]
    public async Task A_probe_that_fails_leaves_it_to_the_fallback()
    {
        var scene = new Scene { Probe = new ScriptedChat((_, _) => Task.FromException<ChatResponse>(new HttpRequestException("connection refused"))) };
        scene.Cluster.Past = [0.9];

        var result = await scene.RunAsync();

        Assert.Equal(("paired", "probe_fallback", SessionStatus.Succeeded), (result.ExecutionMode, result.ModeSource, result.Status));
        Assert.Contains("connection refused", Assert.Single(result.Warnings), StringComparison.Ordinal);
        var end = scene.Session.Events.Single(item => item["event_type"]!.GetValue<string>() == "CUSTOM_END" && item["name"]!.GetValue<string>() == "capability_probe");
        Assert.Equal("""{"error":"connection refused"}""", end["data"]!["output"]!.ToJsonString());
    }
}
