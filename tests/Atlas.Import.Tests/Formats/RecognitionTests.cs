using Atlas.Import.Tests.TauBench;
using Atlas.Testing;
using Xunit;

namespace Atlas.Import.Tests.Formats;

public sealed class RecognitionTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Sources => new()
    {
        { "tau-bench", TauRecord.Good().ToJsonString() },
        { "tau2", """{"info": {}, "tasks": [], "simulations": [{"task_id": "1", "reward_info": null, "messages": []}]}""" },
        { "tau2", """{"task_id": "1", "termination_reason": "x", "messages": []}""" },
        { "car-bench", """{"task_id": "hallucination_2", "reward": 1, "traj": []}""" },
        { "state-bench", """{"conversation": []}""" },
        { "swe-agent", """{"environment": "e", "trajectory": [], "history": [], "info": {}}""" },
        { "chat", """{"messages": [{"role": "user", "content": "a"}]}""" },
        { "chat", """{"conversations": [{"from": "human", "value": "a"}]}""" },
        { "otel", """{"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "a", "spanId": "b"}]}]}]}""" },
    };

    /// <summary>Each by itself, in a list, and after a broken line: one format recognises it, and no other.</summary>
    [Theory]
    [MemberData(nameof(Sources))]
    public async Task A_source_is_recognised_by_one_format(string name, string record)
    {
        var files = new List<string> { _folder.Write("one.json", record), _folder.Write("lines.jsonl", $"{{\"broken\n{record.ReplaceLineEndings(" ")}\n") };
        if (!record.Contains("simulations", StringComparison.Ordinal) && name != "otel")
        {
            files.Add(_folder.Write("list.json", $"[{record}]"));
        }

        foreach (var file in files)
        {
            var found = new List<string>();
            foreach (var format in RunFormats.All)
            {
                if (await format.RecognisesAsync(file))
                {
                    found.Add(format.Name);
                }
            }

            Assert.Equal([name], found);
        }
    }

    [Fact]
    public async Task A_folder_is_recognised_by_its_files()
    {
        _folder.Write("t/base_trial_0.json", """[{"name": "e", "memory": [], "is_success": true}]""");

        Assert.Equal("alfworld", (await RunFormats.RecogniseAsync(Path.Combine(_folder.Path, "t")))?.Name);
        Assert.Equal("state-bench", (await RunFormats.RecogniseAsync(RecordedData.Require("state-bench")))?.Name);
        Assert.Null(await RunFormats.RecogniseAsync(_folder.Write("other.json", """[{"a": 1}]""")));
        Assert.Null(await RunFormats.RecogniseAsync(Path.Combine(_folder.Path, "nowhere")));
    }

    /// <summary>Memory does not grow with the source: a file of 200 MB is read with little more than a record at a time.</summary>
    [Fact]
    public async Task A_large_source_is_not_loaded_whole()
    {
        var record = TauRecord.Good();
        record["traj"]![4]!["content"] = new string('w', 100_000);
        var line = System.Text.Encoding.UTF8.GetBytes(record.ToJsonString() + "\n");
        var path = _folder.Write("large.jsonl", []);
        await using (var file = File.OpenWrite(path))
        {
            for (var index = 0; index < 2_000; index++)
            {
                await file.WriteAsync(line);
            }
        }

        var (count, most) = (0, 0L);
        await foreach (var item in new Import.TauBench.TauBenchFormat().ReadAsync(path))
        {
            Assert.True(item.Succeeded);
            most = ++count % 100 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true)) : most;
        }

        Assert.Equal(2_000, count);
        Assert.True(most < 60_000_000, $"{most} bytes were in use while {new FileInfo(path).Length} were read.");
    }
}
