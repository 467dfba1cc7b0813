using System.Text.Json.Nodes;
using Atlas.Import.TauBench;
using Atlas.Testing;
using Xunit;

namespace Atlas.Import.Tests.TauBench;

public sealed class TauBenchFormatTests
{
    [Fact]
    public async Task Reads_what_the_repository_ships()
    {
        var runs = new List<RecordedRun>();
        await foreach (var item in new TauBenchFormat().ReadAsync(RecordedData.OrderDesk))
        {
            Assert.Null(item.Error);
            runs.Add(item.Run!);
        }

        Assert.Equal(40, runs.Count);
        Assert.Equal(24, runs.Sum(run => run.Score));
        Assert.Equal(40, runs.Select(run => run.ExternalId).Distinct().Count());
    }

    [Fact]
    public async Task Reads_two_hundred_recorded_runs_with_their_rewards()
    {
        var runs = new List<RecordedRun>();
        await foreach (var item in new TauBenchFormat().ReadAsync(RecordedData.Require("tau-airline-gpt-4o.json")))
        {
            Assert.Null(item.Error);
            runs.Add(item.Run!);
        }

        Assert.Equal(200, runs.Count);
        Assert.Equal(0.42, runs.Average(run => run.Score!.Value), 3);
        Assert.Equal(50, runs.Select(run => run.Task).Distinct().Count());
        Assert.Equal(200, runs.Select(run => run.ExternalId).Distinct().Count());
        Assert.Equal(1164, runs.Sum(run => TauRecord.Payloads(run).Count(e => e.GetProperty("event_type").GetString() == "TOOL_START")));
        Assert.Equal(1290 + 1164, runs.Sum(run => TauRecord.Payloads(run).Count(e => e.GetProperty("event_type").GetString() == "LLM_END")));
    }

    public static TheoryData<string, string> BadRecords => new()
    {
        { "reward missing", "'reward' is missing." },
        { "reward text", "'reward' must be a number; it is a text." },
        { "reward 1.5", "'reward' must be a number from 0 to 1; it is 1.5." },
        { "no info", "'info' is missing." },
        { "no instruction", "'info.task.instruction' is missing." },
        { "blank instruction", "'info.task.instruction' is blank." },
        { "no traj", "'traj' is missing." },
        { "traj object", "'traj' must be a list; it is an object." },
        { "traj empty", "'traj' has no assistant message." },
        { "message text", "'traj[1]' must be an object; it is a text." },
        { "role unknown", "'traj[1].role' must be system, developer, user, assistant or tool." },
        { "content number", "'traj[1].content' must be a text, a list of parts or null; it is a number." },
        { "call without function", "'traj[2].tool_calls[0].function' is missing." },
        { "task_id list", "'task_id' must be a whole number or a text of at most 64 characters." },
    };

    [Theory]
    [MemberData(nameof(BadRecords))]
    public async Task A_bad_record_is_reported_by_index_and_reason_and_the_others_go_on(string fault, string reason)
    {
        var read = await TauRecord.ReadAsync(TauRecord.Good(1), Spoil(TauRecord.Good(2), fault), TauRecord.Good(3));

        Assert.Equal([true, false, true], read.Select(item => item.Succeeded));
        Assert.Equal([0, 1, 2], read.Select(item => item.Index));
        Assert.Equal(reason, read[1].Error);
        Assert.False(read[1].EndsSource);
    }

    [Fact]
    public async Task A_record_that_is_no_object_is_reported()
    {
        var read = await TauRecord.ReadAsync(JsonValue.Create(7), null, TauRecord.Good());

        Assert.Equal("A record must be an object; this one is a number.", read[0].Error);
        Assert.Equal("A record must be an object; this one is null.", read[1].Error);
        Assert.True(read[2].Succeeded);
    }

    private static JsonObject Spoil(JsonObject record, string fault)
    {
        var task = record["info"]!["task"]!.AsObject();
        var traj = record["traj"]!.AsArray();
        switch (fault)
        {
            case "reward missing": record.Remove("reward"); break;
            case "reward text": record["reward"] = "1"; break;
            case "reward 1.5": record["reward"] = 1.5; break;
            case "no info": record.Remove("info"); break;
            case "no instruction": task.Remove("instruction"); break;
            case "blank instruction": task["instruction"] = " "; break;
            case "no traj": record.Remove("traj"); break;
            case "traj object": record["traj"] = new JsonObject(); break;
            case "traj empty": traj.Clear(); break;
            case "message text": traj[1] = "hello"; break;
            case "role unknown": traj[1]!["role"] = "critic"; break;
            case "content number": traj[1]!["content"] = 7; break;
            case "call without function": traj[2]!["tool_calls"]![0]!.AsObject().Remove("function"); break;
            case "task_id list": record["task_id"] = new JsonArray(); break;
            default: throw new ArgumentOutOfRangeException(nameof(fault), fault, "There is no such fault.");
        }

        return record;
    }
}
