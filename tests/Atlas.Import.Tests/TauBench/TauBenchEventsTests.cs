using System.Text.Json;
using Atlas.Import.Events;
using Xunit;

namespace Atlas.Import.Tests.TauBench;

public sealed class TauBenchEventsTests
{
    [Fact]
    public async Task A_conversation_becomes_events_in_its_order()
    {
        var run = Assert.Single(await TauRecord.ReadAsync(TauRecord.Good())).Run!;

        Assert.Equal(
            [
                "WORKFLOW_START orchestration", "WORKFLOW_END instructions", "WORKFLOW_END user_message", "LLM_END student",
                "TOOL_START find_order", "TOOL_END find_order", "LLM_END student", "WORKFLOW_END orchestration",
            ],
            TauRecord.Payloads(run).Select(e => $"{e.GetProperty("event_type").GetString()} {e.GetProperty("name").GetString()}"));
        Assert.Equal("It is done.", run.FinalAnswer);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => (double)i), TauRecord.Payloads(run).Select(e => e.GetProperty("event_timestamp").GetDouble()));
    }

    [Fact]
    public async Task A_tool_answer_ends_the_span_of_its_call_even_when_answers_cross()
    {
        var record = TauRecord.Good();
        var traj = record["traj"]!.AsArray();
        traj[2]!["tool_calls"]!.AsArray().Add(JsonSerializer.SerializeToNode(
            new { id = "c2", function = new { name = "check_stock", arguments = "not json" } }));
        traj.Insert(3, JsonSerializer.SerializeToNode(new { role = "tool", tool_call_id = "c2", name = "check_stock", content = "none" }));

        var payloads = TauRecord.Payloads(Assert.Single(await TauRecord.ReadAsync(record)).Run!);

        var spans = payloads.Where(e => e.GetProperty("event_type").GetString()!.StartsWith("TOOL", StringComparison.Ordinal))
            .Select(e => (Name: e.GetProperty("name").GetString(), Id: e.GetProperty("UUID").GetGuid())).ToList();
        Assert.Equal(["find_order", "check_stock", "check_stock", "find_order"], spans.Select(span => span.Name));
        Assert.Equal(spans[0].Id, spans[3].Id);
        Assert.Equal(spans[1].Id, spans[2].Id);
        Assert.NotEqual(spans[0].Id, spans[1].Id);
        var starts = payloads.Where(e => e.GetProperty("event_type").GetString() == "TOOL_START").Select(e => e.GetProperty("data").GetProperty("input")).ToList();
        Assert.Equal(7, starts[0].GetProperty("order").GetInt32());
        Assert.Equal("not json", starts[1].GetString());
    }

    [Fact]
    public async Task Long_tool_answers_are_cut_and_say_how_much_is_missing()
    {
        var record = TauRecord.Good();
        record["traj"]![3]!["content"] = new string('x', Capped.ToolOutput - 1) + "😀" + new string('y', 100);

        var run = Assert.Single(await TauRecord.ReadAsync(record)).Run!;

        var output = TauRecord.Payloads(run).Single(e => e.GetProperty("event_type").GetString() == "TOOL_END").GetProperty("data").GetProperty("output").GetString()!;
        Assert.EndsWith("x [… 102 characters left out]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_record_gives_the_same_run_wherever_it_stands_and_however_it_is_laid_out()
    {
        var indented = TauRecord.Good().ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        var first = Assert.Single(await TauRecord.ReadAsync(TauRecord.Good())).Run!;
        var second = (await TauRecord.ReadAsync($"[{TauRecord.Good(9).ToJsonString()},\n{indented}]"))[1].Run!;

        Assert.Equal(first.ExternalId, second.ExternalId);
        Assert.Equal(first.Events.Select(item => item.GetRawText()), second.Events.Select(item => item.GetRawText()));
        Assert.Equal(first.Metadata.GetRawText(), second.Metadata.GetRawText());
    }

    [Fact]
    public async Task Another_task_trial_reward_or_word_is_another_record()
    {
        var trial = TauRecord.Good();
        trial["trial"] = 2;
        var word = TauRecord.Good();
        word["traj"]![4]!["content"] = "It is done!";

        var read = await TauRecord.ReadAsync(TauRecord.Good(), TauRecord.Good(taskId: 4), TauRecord.Good(reward: 0), trial, word);

        Assert.Equal(5, read.Select(item => item.Run!.ExternalId).Distinct().Count());
    }
}
