using Atlas.Cli.Tests.Harness;
using Atlas.Database;
using Atlas.Postgres;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Cli.Tests.Up;

public sealed class CrashTests : IAsyncDisposable
{
    private const int Runs = 300;
    private const string Key = "crash/desk";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TestWorkspace _workspace = new();

    [Fact]
    public async Task A_silo_killed_in_the_middle_of_an_import_loses_nothing_and_counts_nothing_twice()
    {
        var file = await _workspace.WriteAsync("runs.json", TauBenchFile.Of(Runs, steps: 10));
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        var pid = (await _workspace.SiloAsync()).GetProperty("pid").GetInt32();
        await using (var database = await _workspace.DatabaseAsync())
        {
            using var interrupted = Import(file);
            await Eventually.TrueAsync(
                async () => await CountAsync(database, "SELECT count(*) FROM sessions WHERE status <> 'running'") >= 20,
                Patience,
                "the first completed sessions");
            Shell.Signal("KILL", pid);
            var answer = await interrupted.ResultAsync();
            answer.Expect(ExitCode.NotRunning);
            Assert.Contains("repeat the import", answer.Error, StringComparison.Ordinal);
        }

        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        using var again = Import(file);
        var report = (await again.ResultAsync()).Expect(ExitCode.Ok).Json();

        Assert.Equal(Runs, report.GetProperty("imported").GetInt32() + report.GetProperty("already_there").GetInt32());
        Assert.InRange(report.GetProperty("already_there").GetInt32(), 1, Runs - 1);
        Assert.Equal(Runs, report.GetProperty("sessions_applied").GetInt32());
        await using var after = await _workspace.DatabaseAsync();
        Assert.Equal(Runs, await CountAsync(after, "SELECT count(*) FROM sessions"));
        Assert.Equal(Runs, await CountAsync(after, "SELECT count(DISTINCT external_id) FROM sessions WHERE status = 'succeeded'"));
        Assert.Equal(Runs, await CountAsync(
            after, "SELECT count(*) FROM learning_journal WHERE event_type = 'session_observed'"));
        Assert.Equal(0, await CountAsync(
            after, "SELECT count(*) FROM (SELECT session_id, sequence FROM trajectory_events GROUP BY 1, 2 HAVING count(*) > 1) twice"));
        // Every run has ten calls with their answers at the least; none may be stored in part.
        Assert.Equal(0, await CountAsync(
            after, "SELECT count(*) FROM sessions s WHERE (SELECT count(*) FROM trajectory_events e WHERE e.session_id = s.id) < 20"));
    }

    [Fact]
    public async Task A_killed_silo_is_seen_as_stopped_and_up_replaces_it()
    {
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        var pid = (await _workspace.SiloAsync()).GetProperty("pid").GetInt32();

        Shell.Signal("KILL", pid);
        await Eventually.TrueAsync(
            async () => (await _workspace.SiloAsync()).GetProperty("health").GetString() == "stopped", Patience, "a stopped silo");
        (await _workspace.RunAsync("playbook", "resolve", "any/key")).ExpectSentence(ExitCode.NotFound, "any/key");
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);

        var silo = await _workspace.SiloAsync();
        Assert.Equal("healthy", silo.GetProperty("health").GetString());
        Assert.NotEqual(pid, silo.GetProperty("pid").GetInt32());
    }

    [Fact]
    public async Task An_up_that_ended_before_it_had_made_the_database_is_carried_on_by_the_next_one()
    {
        var server = new PrivatePostgres(new PrivatePostgresOptions { Directory = Path.Combine(_workspace.Home, "postgres") });
        var address = new UriBuilder((await server.StartAsync()).Address!) { Path = "postgres" }.Uri.AbsoluteUri;
        await using (var database = AtlasDatabase.Parse(address).CreateDataSource())
        await using (var command = database.CreateCommand("DROP DATABASE atlas"))
        {
            await command.ExecuteNonQueryAsync();
        }

        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private AtlasProcess Import(string file) =>
        _workspace.Start("import", "tau-bench", file, "--key", Key, "--approve", "--concurrency", "16", "--json");

    private static async Task<long> CountAsync(NpgsqlDataSource database, string query)
    {
        await using var command = database.CreateCommand(query);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
