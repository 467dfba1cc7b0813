using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Models.Providers;
using Atlas.Runtime.Observing;
using Atlas.Runtime.Tests.Harness;
using Microsoft.Extensions.AI;
using Xunit;

namespace Atlas.Runtime.Tests.Recording;

public class EventTests
{
    [Fact]
    public async Task A_session_tells_all_that_happens_in_order_with_type_name_and_actor()
    {
        var scene = new Scene { Probe = new ScriptedChat(_ => """{"mode":"coach"}""") };
        scene.Cluster.Past = [0.3];
        scene.Tools = [AIFunctionFactory.Create((string id) => $"Order {id}", "get_order")];
        scene.Student = new ScriptedChat(call => call.Kind switch
        {
            "plan" => ScriptedChat.Say("""{"steps":[{"id":1,"description":"Look"}]}"""),
            "synthesis" => ScriptedChat.Say("Done."),
            _ when call.LastResult.Length == 0 => ScriptedChat.Ask("get_order", new { id = "1042" }),
            _ => ScriptedChat.Say(Scene.Done("found")),
        });

        await scene.RunAsync();

        Assert.Equal(
            [
                "WORKFLOW_START orchestration runtime",
                "CUSTOM_START triage runtime", "CUSTOM_END triage runtime",
                "CUSTOM_START capability_probe probe", "CUSTOM_END capability_probe probe",
                "CUSTOM_START adaptive_route runtime", "CUSTOM_END adaptive_route runtime",
                "FUNCTION_START plan_creation student",
                "LLM_START order-desk student", "LLM_END order-desk student",
                "FUNCTION_END plan_creation student",
                "LLM_START teacher_plan_review teacher", "LLM_END teacher_plan_review teacher",
                "LLM_START teacher_guidance teacher", "LLM_END teacher_guidance teacher",
                "TASK_START step_1 student",
                "LLM_START order-desk student", "LLM_END order-desk student",
                "TOOL_START get_order student", "TOOL_END get_order student",
                "LLM_START order-desk student", "LLM_END order-desk student",
                "LLM_START teacher_validation teacher", "LLM_END teacher_validation teacher",
                "TASK_END step_1 student",
                "FUNCTION_START final_synthesis student",
                "LLM_START order-desk student", "LLM_END order-desk student",
                "FUNCTION_END final_synthesis student",
                "WORKFLOW_END orchestration runtime",
            ],
            scene.Session.EventLines);
    }

    [Fact]
    public async Task Every_event_is_paired_and_stands_within_another()
    {
        var scene = new Scene().With(SupervisionMode.Coach);

        await scene.RunAsync();

        var ids = scene.Session.Events.Select(item => item["UUID"]!.GetValue<string>()).ToHashSet();
        Assert.All(
            scene.Session.Events.GroupBy(item => item["UUID"]!.GetValue<string>()),
            pair =>
            {
                Assert.EndsWith("_START", pair.First()["event_type"]!.GetValue<string>(), StringComparison.Ordinal);
                Assert.EndsWith("_END", pair.Last()["event_type"]!.GetValue<string>(), StringComparison.Ordinal);
                Assert.Single(pair, item => item["event_type"]!.GetValue<string>().EndsWith("_END", StringComparison.Ordinal));
            });
        Assert.All(scene.Session.WholeEvents.Skip(1), item =>
            Assert.True(ids.Contains(item["parent_id"]!.GetValue<string>()) || item["payload"]!["name"]!.GetValue<string>() == "orchestration"));
    }

    [Fact]
    public async Task An_answer_that_comes_in_pieces_is_told_piece_by_piece_and_counted_once()
    {
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Student = new ScriptedChat(_ => ScriptedChat.Say("one two three four"));

        var result = await scene.RunAsync();

        var pieces = scene.Observer.Events.Where(item => item.Type == RunEventTypes.LlmNewToken).ToArray();
        Assert.Equal("one two three four", string.Concat(pieces.Select(piece => piece.Chunk!["text"]!.GetValue<string>())));
        Assert.True(pieces.Length > 1);
        var stored = Assert.Single(scene.Session.Events, item => item["event_type"]!.GetValue<string>() == "LLM_NEW_TOKEN");
        Assert.Equal("one two three four", stored["data"]!["chunk"]!["text"]!.GetValue<string>());
        var end = scene.Session.Events.Single(item => item["event_type"]!.GetValue<string>() == "LLM_END");
        Assert.Equal(4, end["metadata"]!["token_counts"]!["approx_total"]!.GetValue<int>());
        Assert.Equal("""{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"calls":1}""", end["metadata"]!["usage"]!.ToJsonString());
        Assert.Equal(new TokenUsage(1, 10, 5), result.Usage["student"]);
        Assert.Equal(result.Usage["student"].ToJson().ToJsonString(), scene.Session.Metadata["token_usage"]!.ToJsonString());
        Assert.Equal(15, scene.Session.Usage!["session"]!["token_usage"]!["total_tokens"]!.GetValue<double>());
    }

    [Fact]
    public async Task Calls_that_do_not_say_what_they_cost_count_for_nothing()
    {
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Student = new ScriptedChat(_ => ScriptedChat.Say("two words", usage: false));

        var result = await scene.RunAsync();

        Assert.Empty(result.Usage);
        Assert.False(scene.Session.Metadata.ContainsKey("token_usage"));
        var end = scene.Session.Events.Single(item => item["event_type"]!.GetValue<string>() == "LLM_END");
        Assert.Null(end["metadata"]!["usage"]);
        Assert.Equal(2, end["metadata"]!["token_counts"]!["approx_total"]!.GetValue<int>());
    }

    [Fact]
    public async Task Tokens_are_counted_by_role()
    {
        var scene = new Scene().With(SupervisionMode.Coach);

        var result = await scene.RunAsync();

        Assert.Equal([new("student", new TokenUsage(4, 40, 20)), new KeyValuePair<string, TokenUsage>("teacher", new TokenUsage(5, 50, 25))], result.Usage);
        Assert.Equal(135, result.TotalTokens);
    }

    [Fact]
    public async Task Thoughts_are_a_span_within_their_call_and_stand_with_the_step()
    {
        var scene = new Scene().With(SupervisionMode.Auto);
        scene.Student = new ScriptedChat(_ => new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("Hm."), new TextContent("Done.")])));

        var result = await scene.RunAsync();

        Assert.Equal("Done.", result.Answer);
        Assert.Equal(
            ["SPAN_START reasoning student", "SPAN_CHUNK reasoning student", "SPAN_END reasoning student"],
            scene.Session.EventLines.Where(line => line.StartsWith("SPAN", StringComparison.Ordinal)));
        Assert.Equal("Hm.", JsonSerializer.SerializeToNode(scene.Session.Steps[0].Metadata)!["reasoning"]![0]!["payload"]!["reasoning_content"]!.GetValue<string>());
        Assert.EndsWith("AI: Done.\nAI_REASONING: {\"reasoning_content\":\"Hm.\"}", result.Steps[0].Trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plan_and_steps_are_not_shown_where_they_are_not_wanted_and_stored_all_the_same()
    {
        var scene = new Scene().With(SupervisionMode.Paired, emit: false);

        await scene.RunAsync();

        Assert.DoesNotContain(scene.Observer.Events, item => item.StepId is not null || item.Name == "plan_creation");
        Assert.Contains(scene.Observer.Events, item => item.Name == "final_synthesis");
        Assert.Contains("TASK_END step_2 student", scene.Session.EventLines);
    }

    [Fact]
    public async Task An_observer_that_fails_changes_nothing()
    {
        var scene = new Scene().With(SupervisionMode.Paired);
        scene.Observer.Fails = true;

        Assert.Equal(SessionStatus.Succeeded, (await scene.RunAsync()).Status);
        Assert.Equal(42, scene.Observer.Start!.SessionId);
        Assert.Equal(SessionStatus.Succeeded, scene.Observer.Result!.Status);
    }

    [Fact]
    public async Task Spans_go_to_OpenTelemetry_under_its_names()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RuntimeTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var own = new Activity("this test").Start();
        var scene = new Scene().With(SupervisionMode.Paired);

        await scene.RunAsync();

        Activity[] mine;
        lock (spans)
        {
            mine = [.. spans.Where(span => span.TraceId == own.TraceId)];
        }

        var root = Assert.Single(mine, span => span.OperationName == "invoke_agent");
        Assert.Equal("order-desk", root.GetTagItem("gen_ai.agent.name"));
        Assert.Equal("paired", root.GetTagItem("atlas.execution_mode"));
        Assert.Equal(own.SpanId, root.ParentSpanId);
        var step = Assert.Single(mine, span => span.OperationName == "step_1");
        Assert.Equal(root.SpanId, step.ParentSpanId);
        var chat = mine.First(span => span.OperationName == "chat student" && span.ParentSpanId == step.SpanId);
        Assert.Equal(10L, chat.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(["actors"], new[] { mine.All(span => span.GetTagItem("atlas.actor") is string) ? "actors" : "none" });
    }

    [Fact]
    public async Task The_dossier_comes_from_the_configured_adapter_and_a_broken_one_is_replaced()
    {
        var scene = new Scene().With(SupervisionMode.Auto, adaptive: new() { TriageAdapter = "code", DefaultTags = ["nightly"] });
        scene.Request = scene.Request with { Metadata = new JsonObject { ["repository"] = "desk", ["failing_tests"] = new JsonArray("a"), ["tags"] = "own" } };

        await scene.RunAsync();

        var dossier = scene.Session.Metadata["triage_dossier"]!;
        Assert.Equal("code::desk", dossier["fingerprint_hint"]!.GetValue<string>());
        Assert.Equal("code::desk", scene.Session.Usage!["session"]!["incident_id"]!.GetValue<string>());
        Assert.Equal("""["own","nightly"]""", JsonSerializer.SerializeToNode(scene.Cluster.Started[0].Metadata)!["tags"]!.ToJsonString());

        var other = new Scene().With(SupervisionMode.Auto, adaptive: new() { TriageAdapter = "astrology" });
        var result = await other.RunAsync();
        Assert.Contains("There is no triage adapter 'astrology'", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(Scene.Task, other.Session.Metadata["triage_dossier"]!["summary"]!.GetValue<string>());
    }
}
