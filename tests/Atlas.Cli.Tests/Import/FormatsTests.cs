using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Import;

/// <summary>Sources as people have them, through the real program.</summary>
[Collection(SharedSilo.Name)]
public sealed class FormatsTests(RunningWorkspace running)
{
    private readonly TestWorkspace _workspace = running.Workspace;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(256)]
    public async Task The_same_record_thrice_counts_as_one(int concurrency)
    {
        var key = $"formats/thrice-{concurrency}";
        var file = await _workspace.WriteAsync("thrice.json", JsonSerializer.Serialize(Enumerable.Repeat(TauBenchFile.Run(1), 3)));

        var report = (await _workspace.CallAsync("import", "tau-bench", file, "--key", key, "--json", "--concurrency", $"{concurrency}"))
            .Expect(ExitCode.Ok).Json();

        Assert.Equal((1, 2), (report.GetProperty("imported").GetInt32(), report.GetProperty("already_there").GetInt32()));
        Assert.Equal(1, (await _workspace.CallAsync("session", "list", "--key", key, "--json")).Expect(ExitCode.Ok).Json().GetArrayLength());
    }

    [Fact]
    public async Task Lines_a_number_that_is_none_and_half_a_character_lose_nothing()
    {
        var good = TauBenchFile.Of(4)[1..^1].Replace("},{\"task_id\"", "}\n{\"task_id\"", StringComparison.Ordinal).Split('\n');
        Assert.Equal(4, good.Length);
        good[1] = good[1].Replace("\"reward\":", "\"cost\":NaN,\"reward\":", StringComparison.Ordinal);
        good[2] = good[2].Replace("Your order is cancelled.", "Cancelled \\ud83d", StringComparison.Ordinal);
        var file = await _workspace.WriteAsync("odd.jsonl", $"{good[0]}\n\n{good[1]}\r\n{{\"broken\": \n{good[2]}\n{good[3]}\n");

        var answer = (await _workspace.CallAsync("import", "tau-bench", file, "--key", "formats/odd")).Expect(ExitCode.Failed);

        Assert.Contains("imported       4 sessions", answer.Output, StringComparison.Ordinal);
        Assert.Contains("record 2: The record is not valid JSON: its line is incomplete. (line 4)", answer.Error, StringComparison.Ordinal);
        Assert.Contains("1 record had incomplete characters", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_without_a_reward_waits_and_the_summary_says_for_what()
    {
        var file = await _workspace.WriteAsync(
            "chats.jsonl", """{"messages": [{"role": "developer", "content": "Be brief."}, {"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Good day."}]}""");

        var answer = (await _workspace.CallAsync("import", "chat", file, "--key", "formats/chat")).Expect(ExitCode.Ok);

        Assert.Contains("mean reward    - (1 without a reward)", answer.Output, StringComparison.Ordinal);
        Assert.Contains("came without a reward", answer.Error, StringComparison.Ordinal);
        var session = Assert.Single((await _workspace.CallAsync("session", "list", "--key", "formats/chat", "--json")).Json().EnumerateArray());
        Assert.Equal(JsonValueKind.Null, session.GetProperty("reward").ValueKind);
    }

    [Fact]
    public async Task Folders_of_files_are_imported_whole()
    {
        Directory.CreateDirectory(_workspace.PathOf("dialogues"));
        foreach (var number in (int[])[1, 2, 10])
        {
            await _workspace.WriteAsync(
                $"dialogues/{number}-case.json", $$$"""{"conversation": [{"role": "user", "content": "Case {{{number}}}"}, {"role": "assistant", "content": "Done.", "tool_calls": [{"name": "look", "arguments": {}, "result": {"ok": true}}]}]}""");
        }

        var report = (await _workspace.CallAsync("import", "state-bench", _workspace.PathOf("dialogues"), "--key", "formats/state", "--json")).Expect(ExitCode.Ok).Json();

        Assert.Equal((3, 3), (report.GetProperty("imported").GetInt32(), report.GetProperty("unscored").GetInt32()));
    }
}
