using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Import;

[Collection(SharedSilo.Name)]
public sealed class ImportTests(RunningWorkspace running)
{
    private readonly TestWorkspace _workspace = running.Workspace;

    [Fact]
    public async Task A_file_imported_twice_counts_once()
    {
        var file = await _workspace.WriteAsync("twice.json", TauBenchFile.Of(30));

        var first = (await ImportAsync(file, "import/twice", "--approve")).Expect(ExitCode.Ok).Json();
        var second = (await ImportAsync(file, "import/twice", "--approve")).Expect(ExitCode.Ok).Json();

        Assert.Equal(30, first.GetProperty("imported").GetInt32());
        Assert.Equal(0, first.GetProperty("already_there").GetInt32());
        Assert.Equal(20 / 30.0, first.GetProperty("mean_reward").GetDouble(), 9);
        Assert.Equal(0, second.GetProperty("imported").GetInt32());
        Assert.Equal(30, second.GetProperty("already_there").GetInt32());
        Assert.Equal(30, second.GetProperty("sessions_applied").GetInt32());
        Assert.Equal(first.GetProperty("playbook_version").GetInt32(), second.GetProperty("playbook_version").GetInt32());
        Assert.Equal(30, (await SessionsAsync("import/twice")).GetArrayLength());
    }

    [Fact]
    public async Task Approved_sessions_say_who_approved_them_and_why()
    {
        var file = await _workspace.WriteAsync("approved.json", TauBenchFile.Of(1));

        (await ImportAsync(file, "import/approved", "--approve", "--reviewer", "ann")).Expect(ExitCode.Ok);

        var listed = Assert.Single((await SessionsAsync("import/approved")).EnumerateArray());
        Assert.Equal("approved", listed.GetProperty("review_status").GetString());
        var id = listed.GetProperty("id").GetRawText();
        var shown = (await _workspace.CallAsync("session", "show", id, "--json")).Expect(ExitCode.Ok).Json();
        Assert.Equal("ann", shown.GetProperty("reviewed_by").GetString());
        Assert.Contains("approved.json", shown.GetProperty("review_notes").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limit_takes_the_first_records_and_a_later_import_the_rest()
    {
        var file = await _workspace.WriteAsync("limit.json", TauBenchFile.Of(12));

        var some = (await ImportAsync(file, "import/limit", "--limit", "5")).Expect(ExitCode.Ok).Json();
        var all = (await ImportAsync(file, "import/limit")).Expect(ExitCode.Ok).Json();

        Assert.Equal(5, some.GetProperty("imported").GetInt32());
        Assert.Equal(7, all.GetProperty("imported").GetInt32());
        Assert.Equal(5, all.GetProperty("already_there").GetInt32());
    }

    [Fact]
    public async Task A_bad_record_is_reported_by_its_index_and_the_others_are_imported()
    {
        object[] records = [TauBenchFile.Run(0), new { task_id = 1 }, TauBenchFile.Run(2)];
        var file = await _workspace.WriteAsync("bad-record.json", JsonSerializer.Serialize(records));

        var answer = (await ImportAsync(file, "import/bad-record")).Expect(ExitCode.Failed);

        Assert.Contains("record 1: ", answer.Error, StringComparison.Ordinal);
        var report = answer.Json();
        Assert.Equal(2, report.GetProperty("imported").GetInt32());
        Assert.Equal(1, Assert.Single(report.GetProperty("bad").EnumerateArray()).GetProperty("index").GetInt32());
    }

    [Fact]
    public async Task A_file_that_breaks_off_gives_what_is_whole()
    {
        var whole = TauBenchFile.Of(3);
        var file = await _workspace.WriteAsync("broken.json", whole[..^40]);

        var answer = (await ImportAsync(file, "import/broken")).Expect(ExitCode.Failed);

        Assert.Contains("record 2: ", answer.Error, StringComparison.Ordinal);
        Assert.Equal(2, answer.Json().GetProperty("imported").GetInt32());
    }

    [Fact]
    public async Task A_file_that_is_no_json_is_explained()
    {
        var file = await _workspace.WriteAsync("notes.json", "These are notes, not runs.");

        var answer = (await ImportAsync(file, "import/notes")).Expect(ExitCode.Failed);

        Assert.Contains("record 0: ", answer.Error, StringComparison.Ordinal);
        Assert.Equal(0, answer.Json().GetProperty("imported").GetInt32());
    }

    [Fact]
    public async Task Rewards_as_small_as_numbers_get_block_no_key()
    {
        const string Rewards = "5e-324 0 0.5 1 1.7976931348623157e-308 0.25";
        var records = Rewards.Split(' ').Select((reward, index) => $$$"""
            {"task_id": {{{index}}}, "trial": 0, "reward": {{{reward}}}, "info": {"task": {"instruction": "Settle order {{{index}}}."}},
             "traj": [{"role": "user", "content": "Settle it."}, {"role": "assistant", "content": "Settled."}]}
            """);
        var file = await _workspace.WriteAsync("tiny.json", $"[{string.Join(',', records)}]");

        var report = (await ImportAsync(file, "import/tiny", "--approve", "--concurrency", "1")).Expect(ExitCode.Ok).Json();

        Assert.Equal((6, 6), (report.GetProperty("imported").GetInt32(), report.GetProperty("sessions_applied").GetInt32()));
        Assert.All((await SessionsAsync("import/tiny")).EnumerateArray(), session => Assert.Equal("succeeded", session.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Alfworld_trials_become_sessions()
    {
        var folder = Directory.CreateDirectory(_workspace.PathOf("trials")).FullName;
        await _workspace.WriteAsync(
            "trials/base_trial_0.json",
            """
            [{"name": "env_0", "memory": ["I should look in the drawer first."], "is_success": true, "skip": false},
             {"name": "env_1", "memory": [], "is_success": false, "skip": false}]
            """);

        var answer = await _workspace.CallAsync("import", "alfworld", folder, "--key", "import/alfworld", "--json");

        var report = answer.Expect(ExitCode.Ok).Json();
        Assert.Equal(2, report.GetProperty("imported").GetInt32());
        Assert.Equal(0.5, report.GetProperty("mean_reward").GetDouble());
    }

    private Task<CommandResult> ImportAsync(string file, string key, params string[] more) =>
        _workspace.CallAsync(["import", "tau-bench", file, "--key", key, "--json", .. more]);

    private async Task<JsonElement> SessionsAsync(string key) =>
        (await _workspace.CallAsync("session", "list", "--key", key, "--json")).Expect(ExitCode.Ok).Json();
}
