using System.Text.Json;
using Atlas.Cli.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cli.Tests.Reports;

/// <summary>Exports and reports of a database that is named, without a silo.</summary>
public sealed class ExportCommandTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TestWorkspace _workspace = new();
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _workspace.SetEnvironment("ATLAS_DATABASE_URL", _database.Address);
        await SeedAsync(12);
    }

    [Fact]
    public async Task Approved_sessions_are_exported_unless_others_are_asked_for()
    {
        Assert.Equal(3, await CountAsync());
        Assert.Equal(6, await CountAsync("--include-status", "pending"));
        Assert.Equal(12, await CountAsync("--include-all-statuses"));
        _workspace.SetEnvironment("ATLAS_REVIEW_REQUIRE_APPROVAL", "0");
        Assert.Equal(6, await CountAsync());
        _workspace.SetEnvironment("ATLAS_REVIEW_DEFAULT_EXPORT_STATUSES", "quarantined");
        Assert.Equal(3, await CountAsync());
        var config = await _workspace.WriteAsync("atlas.yaml", "runtime_safety:\n  review:\n    default_export_statuses: [approved, pending, escalated]\n");
        _workspace.SetEnvironment("ATLAS_REVIEW_DEFAULT_EXPORT_STATUSES", null);
        _workspace.SetEnvironment("ATLAS_REVIEW_REQUIRE_APPROVAL", null);
        Assert.Equal(9, await CountAsync("--config", config));
    }

    [Fact]
    public async Task A_limit_counts_sessions_that_the_filters_leave_out_and_another_one_does_not()
    {
        Assert.Equal(1, await CountAsync("--limit", "4"));
        Assert.Equal(2, await CountAsync("--limit-exported", "2"));
        Assert.Equal(2, await CountAsync("--offset", "4"));
        Assert.Equal(1, await CountAsync("--offset", "4", "--limit", "4"));
        Assert.Equal(2, await CountAsync("--offset", "4", "--limit", "2147483647"));
    }

    [Fact]
    public async Task Both_spellings_of_the_event_limit_are_understood()
    {
        foreach (var spelling in (string[])["--trajectory-event-limit", "--trajectory-limit"])
        {
            var file = _workspace.PathOf("events.jsonl");
            (await _workspace.RunAsync("export", "--output", file, spelling, "2")).Expect(ExitCode.Ok);
            Assert.All(await File.ReadAllLinesAsync(file), line => Assert.Equal(2, JsonElement.Parse(line).GetProperty("trajectory_events").GetArrayLength()));
        }
    }

    [Fact]
    public async Task An_export_of_nothing_is_an_empty_file_and_exit_code_1()
    {
        var file = _workspace.PathOf("empty.jsonl");
        var answer = (await _workspace.RunAsync("export", "--output", file, "--key", "no/such/key", "--json")).Expect(ExitCode.Failed);
        Assert.Equal(0, answer.Json().GetProperty("sessions").GetInt32());
        Assert.Empty(await File.ReadAllBytesAsync(file));
        Assert.Contains("No session matches", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_session_is_warned_of()
    {
        var answer = (await _workspace.RunAsync(
            "export", "--output", _workspace.PathOf("two.jsonl"), "--session-id", "4", "--session-id", "999", "--include-all-statuses", "--json")).Expect(ExitCode.Ok);
        Assert.Equal(999, answer.Json().GetProperty("missing")[0].GetInt32());
        Assert.Contains("session 999", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_that_is_killed_leaves_the_file_as_it_was_and_the_next_one_cleans_up()
    {
        // Read one at a time they take a minute: the signal comes in the middle also where the test itself has to wait for a processor.
        await SeedAsync(30_000);
        var file = await _workspace.WriteAsync("killed.jsonl", "as it was");
        using (var export = _workspace.Start("export", "--output", file, "--include-all-statuses", "--batch-size", "1"))
        {
            await Eventually.TrueAsync(() => Parts().Any(part => new FileInfo(part).Length > 0), Patience, "the export's beginning");
            Shell.Signal("KILL", export.Id);
            await export.ResultAsync();
        }

        Assert.Equal("as it was", await File.ReadAllTextAsync(file));
        (await _workspace.RunAsync("export", "--output", file, "--limit", "50", "--include-all-statuses")).Expect(ExitCode.Ok);
        Assert.Empty(Parts());
        Assert.Equal(50, (await File.ReadAllLinesAsync(file)).Length);

        using (var export = _workspace.Start("export", "--output", file, "--include-all-statuses", "--batch-size", "1"))
        {
            await Eventually.TrueAsync(() => Parts().Any(part => new FileInfo(part).Length > 0), Patience, "the export's beginning");
            Shell.Signal("INT", export.Id);
            (await export.ResultAsync()).Expect(ExitCode.Interrupted);
        }

        Assert.Empty(Parts());
        Assert.Equal(50, (await File.ReadAllLinesAsync(file)).Length);
    }

    [Fact]
    public async Task Reports_of_unknown_keys_and_files_say_so()
    {
        var folder = _workspace.PathOf("reports");
        (await _workspace.RunAsync("report", "--key", "no/such/key", "--output-dir", folder))
            .ExpectSentence(ExitCode.NotFound, "There are no sessions with the learning key 'no/such/key'");
        (await _workspace.RunAsync("report", "--compare-to", "none.json", "--output-dir", folder)).ExpectSentence(ExitCode.NotFound, "There is no file none.json");
        (await _workspace.RunAsync("report", "--key", "a", "--against", "b", "--against-tag", "c")).ExpectSentence(ExitCode.Usage, "not both");
        var nothing = (await _workspace.RunAsync("report", "--filter-tag", "nobody", "--output-dir", folder, "--json")).Expect(ExitCode.Ok);
        Assert.Empty(nothing.Json().GetProperty("learning_keys").EnumerateArray());
        Assert.False(Directory.Exists(folder));
    }

    public async ValueTask DisposeAsync()
    {
        await _workspace.DisposeAsync();
        await _database.DisposeAsync();
    }

    private string[] Parts() => Directory.GetFiles(Path.GetDirectoryName(_workspace.PathOf("x"))!, ".*.part");

    private async Task<int> CountAsync(params string[] arguments) =>
        (await _workspace.RunAsync(["export", "--output", _workspace.PathOf("count.jsonl"), .. arguments, "--json"])).Expect(ExitCode.Ok)
        .Json().GetProperty("sessions").GetInt32();

    // By turns approved, pending, quarantined, and a status of somebody's own.
    private Task SeedAsync(int sessions) => _database.ExecuteAsync($$"""
        WITH stored AS (
          INSERT INTO sessions (task, status, metadata, review_status, final_answer, created_at, completed_at)
          SELECT 'task ' || n, 'succeeded', jsonb_build_object('learning_key', 'key'),
                 (ARRAY['approved', 'pending', 'quarantined', 'escalated'])[1 + n % 4], 'done', now() + n * interval '1 second', now() + n * interval '2 seconds'
            FROM generate_series(1, {{sessions}}) n RETURNING id)
        INSERT INTO trajectory_events (session_id, sequence, event) SELECT id, e, '{"payload": {"event_type": "TASK_START"} }' FROM stored, generate_series(0, 3) e
        """);
}
