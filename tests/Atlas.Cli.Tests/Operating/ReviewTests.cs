using System.Globalization;
using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

[Collection(SharedSilo.Name)]
public sealed class ReviewTests(RunningWorkspace running)
{
    private readonly TestWorkspace _workspace = running.Workspace;

    [Fact]
    public async Task Sessions_wait_teach_once_approved_and_what_one_taught_can_be_undone()
    {
        var desk = await SampleSessions.ImportAsync(_workspace, "operating/review");

        var pending = await desk.PendingAsync();
        Assert.Equal(SampleSessions.Sessions, pending.GetArrayLength());
        Assert.All(pending.EnumerateArray(), session =>
        {
            Assert.Equal("approval", session.GetProperty("waits_for").GetString());
            Assert.False(session.GetProperty("drift_alert").GetBoolean());
        });
        Assert.Equal(0, await desk.VersionAsync());

        // Some by number, one of them no session: the others are approved all the same.
        var ids = pending.EnumerateArray().Select(session => session.GetProperty("id").GetRawText()).ToArray();
        var some = await desk.RunAsync("review", "approve", ids[0], "999999", ids[1], "--json");
        some.Expect(ExitCode.Failed);
        Assert.Equal(2, some.Json().GetProperty("reviewed").GetArrayLength());
        Assert.Contains("session 999999: There is no session 999999", some.Error, StringComparison.Ordinal);

        // The rest in bulk.
        var report = await desk.TeachAsync();
        Assert.Equal(SampleSessions.Sessions - 2, report.GetProperty("reviewed").GetArrayLength());
        Assert.All(report.GetProperty("reviewed").EnumerateArray(), session => Assert.True(session.GetProperty("teaches").GetBoolean()));
        Assert.Equal(0, (await desk.PendingAsync()).GetArrayLength());
        var learned = await desk.VersionAsync();
        Assert.True(learned > 0, "forty approved sessions taught nothing");

        // Quarantining one that taught says how to undo it, and --undo does it.
        var (session, version) = await desk.OneThatTaughtAsync();
        var offer = (await desk.RunAsync("review", "quarantine", session, "--note", "broken tool")).Expect(ExitCode.Ok);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"Session {session}: it taught version {version} of {desk.Key}; undo with: atlas playbook rollback {desk.Key} {version - 1} --reason"),
            offer.Output,
            StringComparison.Ordinal);
        Assert.Equal(learned, await desk.VersionAsync());

        var undone = await desk.JsonAsync("review", "quarantine", session, "--undo", "--by", "ben");
        Assert.Equal(learned + 1, undone.GetProperty("undo")[0].GetProperty("undone_by_version").GetInt32());
        var newest = (await desk.HistoryAsync())[0];
        Assert.Equal("rollback", newest.GetProperty("cause").GetString());
        Assert.Equal("ben", newest.GetProperty("author").GetString());
        Assert.Contains($"session {session} quarantined", newest.GetProperty("reason").GetString(), StringComparison.Ordinal);

        // It is undone once, whatever comes afterwards.
        var playbook = await _workspace.WriteAsync("afterwards.json", """{ "format": "atlas.playbook.v1", "student": ["Ask first."] }""");
        await desk.JsonAsync("playbook", "import", desk.Key, playbook, "--reason", "written by hand");
        var again = await desk.JsonAsync("review", "quarantine", session, "--undo");
        Assert.True(again.GetProperty("undo")[0].GetProperty("already_undone").GetBoolean());
        Assert.Equal(learned + 2, await desk.VersionAsync());

        var quarantined = Assert.Single((await desk.JsonAsync("review", "list", "--key", desk.Key, "--status", "quarantined")).EnumerateArray());
        Assert.Equal(session, quarantined.GetProperty("id").GetRawText());
        Assert.Equal(JsonValueKind.Null, quarantined.GetProperty("waits_for").ValueKind);
    }

    [Fact]
    public async Task Many_are_quarantined_by_filter_and_what_they_taught_is_undone_at_once()
    {
        var desk = await SampleSessions.ImportAsync(_workspace, "operating/withdrawn");

        // Of those that wait, the oldest so many, and no others.
        var waiting = (await desk.PendingAsync()).EnumerateArray().Select(session => session.GetProperty("id").GetInt64()).ToArray();
        var some = await desk.JsonAsync("review", "quarantine", "--key", desk.Key, "--limit", "3", "--note", "the simulator was broken", "--by", "ann");
        Assert.Equal(waiting[..3], some.GetProperty("reviewed").EnumerateArray().Select(session => session.GetProperty("id").GetInt64()));
        Assert.Equal(0, some.GetProperty("undo").GetArrayLength());
        var quarantined = await desk.JsonAsync("review", "list", "--key", desk.Key, "--status", "quarantined");
        Assert.Equal(waiting[..3], quarantined.EnumerateArray().Select(session => session.GetProperty("id").GetInt64()));
        var shown = await desk.JsonAsync("session", "show", waiting[0].ToString(CultureInfo.InvariantCulture));
        Assert.Equal(
            ("ann", "the simulator was broken"), (shown.GetProperty("reviewed_by").GetString(), shown.GetProperty("review_notes").GetString()));

        // The others teach, and are taken back together.
        await desk.TeachAsync();
        var learned = await desk.VersionAsync();
        Assert.True(learned > 0, "the approved sessions taught nothing");
        var all = await desk.JsonAsync("review", "quarantine", "--key", desk.Key, "--status", "approved", "--undo", "--note", "all of it");
        Assert.Equal(SampleSessions.Sessions - 3, all.GetProperty("reviewed").GetArrayLength());
        var undo = Assert.Single(all.GetProperty("undo").EnumerateArray());
        Assert.Equal((0, learned + 1), (undo.GetProperty("back_to").GetInt32(), undo.GetProperty("undone_by_version").GetInt32()));

        // Nothing is left to quarantine; that is an answer and no error.
        var none = await desk.JsonAsync("review", "quarantine", "--key", desk.Key, "--status", "approved");
        Assert.Equal(0, none.GetProperty("reviewed").GetArrayLength());
    }

    [Fact]
    public async Task A_reward_out_of_line_waits_with_its_reason()
    {
        const string Key = "operating/drift";
        var usual = Enumerable.Range(0, 12).Select(index => Record(index, 0.9 + (index % 2 * 0.02)));
        var file = await _workspace.WriteAsync("drift.json", JsonSerializer.Serialize(usual.Append(Record(12, 0.0))));
        (await _workspace.CallAsync("import", "tau-bench", file, "--key", Key, "--concurrency", "1")).Expect(ExitCode.Ok);

        var listed = (await _workspace.CallAsync("review", "list", "--key", Key, "--json")).Expect(ExitCode.Ok).Json();

        var odd = Assert.Single(listed.EnumerateArray(), session => session.GetProperty("drift_alert").GetBoolean());
        Assert.Equal(0.0, odd.GetProperty("score").GetDouble());
        Assert.StartsWith("Reward drift alert", odd.GetProperty("drift_message").GetString(), StringComparison.Ordinal);
        Assert.Contains("its reward is unusual", odd.GetProperty("waits_for").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_said_not_to_be_there()
    {
        (string Line, string Part)[] cases =
        [
            ("approve 999999", "There is no session 999999"),
            ("quarantine 999999", "There is no session 999999"),
            ("approve --key no/such", "There is no learning key 'no/such'"),
            ("quarantine --key no/such", "There is no learning key 'no/such'"),
            ("list --key no/such", "There is no learning key 'no/such'"),
        ];
        var answers = await Task.WhenAll(cases.Select(one => _workspace.CallAsync(["review", .. one.Line.Split(' ')])));

        Assert.All(cases.Zip(answers), answered => answered.Second.ExpectSentence(ExitCode.NotFound, answered.First.Part));
    }

    private static object Record(int task, double reward) => new
    {
        task_id = task,
        trial = 0,
        reward,
        info = new { task = new { instruction = $"You want order {task} cancelled.", actions = Array.Empty<object>() } },
        traj = new object[]
        {
            new { role = "user", content = $"Please cancel order {task}." },
            new { role = "assistant", content = "Your order is cancelled." },
        },
    };
}
