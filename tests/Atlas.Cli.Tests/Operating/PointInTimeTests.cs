using System.Diagnostics;
using Atlas.Cli.Invocation;
using Atlas.Cli.Tests.Harness;
using Atlas.Database;
using Atlas.Postgres;
using Atlas.Testing;
using Npgsql;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

/// <summary>The recovery to a point in time that docs/backup.md describes, step by step.</summary>
public sealed class PointInTimeTests : IAsyncLifetime
{
    private const string Key = "recovered/kept";
    private const string Later = "recovered/later";
    private const string Lost = "recovered/lost";
    private const string After = "recovered/after";

    private readonly TestWorkspace _workspace = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-recovery-").FullName;
    private PrivatePostgres _postgres = null!;

    private string Data => Path.Combine(_folder, "server", "data");

    // Below the folder of the log, which belongs to whoever the server runs as.
    private string Archive => Path.Combine(_folder, "server", "log", "archive");

    public ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Archive);
        _postgres = new PrivatePostgres(new PrivatePostgresOptions
        {
            Directory = Path.Combine(_folder, "server"),
            Settings = new Dictionary<string, string>(Settings.NotDurable)
            {
                ["wal_level"] = "replica",
                ["archive_mode"] = "on",
                ["archive_command"] = $"cp %p {Archive}/%f",
            },
        });
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_database_taken_back_to_a_point_in_time_has_what_was_there_agrees_and_gives_no_session_number_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The archive of this test is a folder that cp writes to.");
        var status = await StartServerAsync();
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        await ImportAsync(Key, 3);
        await BackUpAsync(status);
        await ImportAsync(Later, 2);

        // A silo that was alive a moment ago could still be, so the database is taken back to a moment when none was.
        (await _workspace.RunAsync("down")).Expect(ExitCode.Ok);
        var moment = await AskAsync<string>(status, "SELECT clock_timestamp()::text");
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        (await _workspace.CallAsync("forget", "--where", $"key={Key}", "--yes", "--reason", "by mistake")).Expect(ExitCode.Ok);
        await ImportAsync(Lost, 60);
        var last = await AskAsync<long>(status, "SELECT max(id) FROM sessions");

        (await _workspace.RunAsync("down")).Expect(ExitCode.Ok);
        await _postgres.StopAsync();
        Directory.Delete(Data, recursive: true);
        Directory.Move(Path.Combine(_folder, "base"), Data);
        await File.AppendAllTextAsync(
            Path.Combine(Data, "postgresql.auto.conf"),
            $"restore_command = 'cp {Archive}/%f %p'\nrecovery_target_time = '{moment}'\nrecovery_target_action = 'promote'\n");
        await File.WriteAllTextAsync(Path.Combine(Data, "recovery.signal"), "");
        status = await StartServerAsync();

        (await _workspace.CallAsync("doctor", "--ledger")).Expect(ExitCode.Ok);
        Assert.Equal(3L, await CountAsync(Key));
        Assert.Equal(2L, await CountAsync(Later));
        Assert.Equal(0L, await CountAsync(Lost));
        (await _workspace.CallAsync("restore", "--recovered", "--json")).Expect(ExitCode.Ok);
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        (await _workspace.CallAsync("restore", "--recovered")).ExpectSentence(ExitCode.Refused, "Stop all silos first");
        await ImportAsync(After, 2);
        Assert.True(await AskAsync<long>(status, $"SELECT min(id) FROM sessions WHERE stored_learning_key = '{After}'") > last, "a session number was given again");
        (await _workspace.CallAsync("doctor", "--ledger")).Expect(ExitCode.Ok);

        Task<long> CountAsync(string key) => AskAsync<long>(status, $"SELECT count(*) FROM sessions WHERE stored_learning_key = '{key}'");
    }

    [Fact]
    public async Task Restore_wants_a_backup_or_to_be_told_that_the_server_recovered()
    {
        (await _workspace.CallAsync("restore")).ExpectSentence(ExitCode.Usage, "--recovered");
        (await _workspace.CallAsync("restore", "kept.dump", "--recovered")).ExpectSentence(ExitCode.Usage, "--recovered");
    }

    public async ValueTask DisposeAsync()
    {
        await _workspace.DisposeAsync();
        await _postgres.StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<T> AskAsync<T>(PrivatePostgresStatus status, string sql)
    {
        await using var source = AtlasDatabase.Parse(status.Address).CreateDataSource();
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task<PrivatePostgresStatus> StartServerAsync()
    {
        var status = await _postgres.StartAsync();
        _workspace.SetEnvironment("ATLAS_DATABASE_URL", status.OwnerAddress);
        return status;
    }

    private async Task ImportAsync(string key, int runs)
    {
        var file = await _workspace.WriteAsync("runs.json", TauBenchFile.Of(runs));
        (await _workspace.CallAsync("import", "tau-bench", file, "--key", key)).Expect(ExitCode.Ok);
    }

    private async Task BackUpAsync(PrivatePostgresStatus status)
    {
        var programs = await new PostgresFinder().FindAsync(null, null, TestContext.Current.CancellationToken);
        var beside = Path.Combine(programs.Directory, "pg_basebackup");
        using var backup = Process.Start(
            File.Exists(beside) ? beside : "pg_basebackup",
            ["--pgdata", Path.Combine(_folder, "base"), "--checkpoint=fast", "--dbname", AtlasDatabase.Parse(status.Address).Uri]);
        await backup.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, backup.ExitCode);
    }
}
