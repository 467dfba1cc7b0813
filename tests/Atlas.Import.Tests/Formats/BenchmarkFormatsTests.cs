using System.Text.Json;
using Atlas.Import.CarBench;
using Atlas.Import.StateBench;
using Atlas.Import.SweAgent;
using Atlas.Import.Tau2;
using Atlas.Import.TauBench;
using Atlas.Import.Tests.TauBench;
using Atlas.Testing;
using Xunit;

namespace Atlas.Import.Tests.Formats;

public sealed class BenchmarkFormatsTests : IDisposable
{
    private const string Simulation = """
        {"id": "s1", "task_id": "7", "trial": 2, "termination_reason": "user_stop", "agent_cost": NaN,
         "reward_info": {"reward": 1.0, "action_checks": [{"action": "SENTINEL"}]},
         "messages": [
           {"role": "assistant", "content": "Hi, how can I help?", "tool_calls": null, "turn_idx": 0},
           {"role": "user", "content": "My phone has no signal.", "turn_idx": 1},
           {"role": "user", "content": null, "tool_calls": [{"id": "u1", "name": "toggle_airplane_mode", "arguments": {}, "requestor": "user"}], "turn_idx": 2},
           {"id": "u1", "role": "tool", "content": "off", "requestor": "user", "error": false, "turn_idx": 3},
           {"role": "assistant", "content": null, "tool_calls": [{"id": "a1", "name": "get_line", "arguments": {"line": 3}, "requestor": "assistant"}], "turn_idx": 4},
           {"id": "a1", "role": "tool", "content": "{\"ok\": true}", "requestor": "assistant", "error": false, "turn_idx": 5},
           {"role": "assistant", "content": "It works again.", "turn_idx": 6}]}
        """;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Results_of_tau2_are_read_with_the_task_that_the_user_was_told()
    {
        const string Tasks = """
            [{"id": "6", "user_scenario": {"instructions": "Another."}},
             {"id": "7", "description": {"purpose": "SENTINEL"}, "evaluation_criteria": {"actions": ["SENTINEL"]},
              "user_scenario": {"persona": null, "instructions": {"domain": "telecom", "reason_for_call": "No signal.", "known_info": "You are Ada.", "task_instructions": "Be patient."}}}]
            """;
        var run = await _folder.OnlyAsync(
            new Tau2Format(), $$"""{"timestamp": "t", "info": {"num_trials": 1}, "tasks": {{Tasks}}, "simulations": [{{Simulation}}]}""");

        Assert.Equal("No signal.\nYou are Ada.\nBe patient.", run.Task);
        Assert.Equal((1.0, "It works again."), (run.Score, run.FinalAnswer));
        Assert.StartsWith("tau2:7:2:", run.ExternalId, StringComparison.Ordinal);
        Assert.DoesNotContain("SENTINEL", run.Task + run.Metadata + string.Concat(run.Events), StringComparison.Ordinal);
        var tools = TauRecord.Payloads(run).Where(e => e.GetProperty("event_type").GetString()!.StartsWith("TOOL", StringComparison.Ordinal))
            .Select(e => $"{e.GetProperty("metadata").GetProperty("actor").GetString()} {e.GetProperty("name").GetString()}");
        Assert.Equal(["user toggle_airplane_mode", "user toggle_airplane_mode", "student get_line", "student get_line"], tools);
    }

    [Theory]
    [InlineData("results")]
    [InlineData("runs")]
    [InlineData("records")]
    public async Task Runs_inside_an_object_are_found_with_whatever_else_stands_beside_them(string name)
    {
        const string Messages = """[{"role": "user", "content": "It is hot."}, {"role": "assistant", "content": "The window is open."}]""";

        var car = await _folder.OnlyAsync(
            new CarBenchFormat(), $$$"""{"config": {"model": "m"}, "{{{name}}}": [{"task_id": "base_1", "trial": 0, "reward": 1.0, "traj": {{{Messages}}}}], "summary": {"pass": [1]}}""");
        var tau = await _folder.OnlyAsync(
            new TauBenchFormat(), $$$"""{"{{{name}}}": [{"task_id": 1, "trial": 0, "reward": 0.5, "info": {"task": {"instruction": "Cool it."}}, "traj": {{{Messages}}}}]}""");

        Assert.Equal((1.0, "The window is open."), (car.Score, car.FinalAnswer));
        Assert.Equal((0.5, "Cool it."), (tau.Score, tau.Task));
    }

    [Fact]
    public async Task Simulations_alone_are_read_too_and_their_task_is_what_the_user_says_first()
    {
        var file = _folder.Write("sims.jsonl", $"{OneLine(Simulation)}\n{OneLine(Simulation).Replace("\"reward\": 1.0", "\"reward\": 1.5", StringComparison.Ordinal)}\n");

        var read = await _folder.ReadAsync(new Tau2Format(), file);

        Assert.Equal("My phone has no signal.", read[0].Run!.Task);
        Assert.Equal("'reward_info.reward' must be a number from 0 to 1; it is 1.5.", read[1].Error);
    }

    [Fact]
    public async Task CAR_bench_is_read_with_and_without_an_instruction()
    {
        const string Record = """{"task_id": "base_3", "trial": 0, "reward": 0.0, "info": {"task": {"persona": "p", "actions": ["SENTINEL"]}}, "traj": [{"role": "user", "content": "Warmer, please."}, {"role": "assistant", "content": "22 degrees."}]}""";

        var bare = await _folder.OnlyAsync(new CarBenchFormat(), $"[{Record}]");
        var told = await _folder.OnlyAsync(new CarBenchFormat(), Record.Replace("\"persona\"", "\"instruction\": \"You are cold.\", \"persona\"", StringComparison.Ordinal));

        Assert.Equal(("Warmer, please.", "You are cold."), (bare.Task, told.Task));
        Assert.DoesNotContain("SENTINEL", bare.Metadata + string.Concat(bare.Events), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_STATE_Bench_dialogue_is_read_with_the_results_beside_its_calls()
    {
        var file = _folder.Write("shop/12-hard_trap.json", """
            {"conversation": [{"role": "system", "content": "Serve."}, {"role": "user", "content": "Return my lamp."},
              {"role": "assistant", "content": "Done.", "tool_calls": [{"name": "get_order", "arguments": {"order": 1}, "result": {"found": true}}, {"name": "return_item", "arguments": {}, "result": "ok"}]}]}
            """);

        var run = Assert.Single(await _folder.ReadAsync(new StateBenchFormat(), file)).Run!;

        Assert.Null(run.Score);
        Assert.StartsWith("state-bench:shop/12:", run.ExternalId, StringComparison.Ordinal);
        Assert.DoesNotContain("trap", run.Task + run.Metadata + string.Concat(run.Events), StringComparison.Ordinal);
        Assert.Equal(
            ["LLM_END student", "TOOL_START get_order", "TOOL_START return_item", "TOOL_END get_order", "TOOL_END return_item", "LLM_END student"],
            TauRecord.Payloads(run).Skip(3).SkipLast(1).Select(e => $"{e.GetProperty("event_type").GetString()} {e.GetProperty("name").GetString()}"));
    }

    [Fact]
    public async Task A_hundred_dialogues_that_nobody_here_wrote_are_read()
    {
        var read = await _folder.ReadAsync(new StateBenchFormat(), RecordedData.Require("state-bench"));

        Assert.Equal(100, read.Count);
        Assert.All(read, item => Assert.Null(item.Error));
        Assert.Equal(100, read.Select(item => item.Run!.ExternalId).Distinct().Count());
    }

    [Fact]
    public async Task A_trajectory_of_SWE_agent_is_read_without_its_demonstration()
    {
        var file = _folder.Write("run1/inst__7/inst__7.traj", """
            {"environment": "main", "trajectory": [
               {"thought": "Look around.", "action": "ls -la\n", "observation": "README.md", "response": "Look around.\n```ls -la```", "state": "{}"},
               {"thought": "Hand in.", "action": "submit", "observation": "diff --git a b"}],
             "history": [{"role": "system", "content": "You fix issues."}, {"role": "user", "content": "SENTINEL demo", "is_demo": true},
               {"role": "user", "content": [{"type": "text", "text": "The parser crashes."}]}, {"role": "assistant", "content": "Look around."}],
             "info": {"exit_status": "submitted", "submission": "diff --git a b"}}
            """);

        var run = Assert.Single(await _folder.ReadAsync(new SweAgentFormat(), _folder.Path)).Run!;

        Assert.Equal("The parser crashes.", run.Task);
        Assert.Equal("diff --git a b", run.FinalAnswer);
        Assert.StartsWith("swe-agent:inst__7:", run.ExternalId, StringComparison.Ordinal);
        Assert.DoesNotContain("SENTINEL", string.Concat(run.Events), StringComparison.Ordinal);
        Assert.Equal(["ls", "ls", "submit", "submit"], TauRecord.Payloads(run)
            .Where(e => e.GetProperty("event_type").GetString()!.StartsWith("TOOL", StringComparison.Ordinal)).Select(e => e.GetProperty("name").GetString()));
        Assert.True(await new SweAgentFormat().RecognisesAsync(file));
    }

    private static string OneLine(string json) => json.ReplaceLineEndings(" ");
}
