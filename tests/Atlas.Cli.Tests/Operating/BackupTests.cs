using Atlas.Cli.Invocation;
using Atlas.Cli.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

[Collection(SharedSilo.Name)]
public sealed class BackupTests(RunningWorkspace running)
{
    [Fact]
    public async Task A_backup_of_a_running_cluster_is_put_back_elsewhere_and_its_books_agree()
    {
        const string Key = "operating/kept";
        var (workspace, file) = (running.Workspace, running.Workspace.PathOf("kept.dump"));
        var runs = await workspace.WriteAsync("kept.json", TauBenchFile.Of(2));
        (await workspace.CallAsync("import", "tau-bench", runs, "--key", Key, "--concurrency", "1")).Expect(ExitCode.Ok);

        (await workspace.CallAsync("backup", file)).Expect(ExitCode.Ok);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        (await workspace.CallAsync("backup", file)).ExpectSentence(ExitCode.Refused, "is there already");
        (await workspace.CallAsync("restore", file, "--yes")).ExpectSentence(ExitCode.Refused, "sign of life");
        await using var elsewhere = await TestDatabase.CreateEmptyAsync();
        await using var alone = new TestWorkspace();
        alone.SetEnvironment("ATLAS_DATABASE_URL", elsewhere.Address);
        var restored = (await alone.CallAsync("restore", file, "--json")).Expect(ExitCode.Ok).Json();
        Assert.True(restored.GetProperty("books_agree").GetBoolean());
        Assert.Equal(2, (await alone.CallAsync("session", "list", "--key", Key, "--json")).Expect(ExitCode.Ok).Json().GetArrayLength());
        Assert.True(await elsewhere.ScalarAsync<long>("SELECT nextval('sessions_id_seq') - (SELECT max(id) FROM sessions)") > 1000);

        // A second time it would take the place of something.
        (await alone.CallAsync("restore", file)).ExpectSentence(ExitCode.Refused, "--yes");
        (await alone.CallAsync("restore", file, "--yes")).Expect(ExitCode.Ok);
        (await alone.CallAsync("restore", runs, "--yes")).ExpectSentence(ExitCode.Failed, "pg_restore");
        Assert.Equal(2, (await alone.CallAsync("session", "list", "--key", Key, "--json")).Expect(ExitCode.Ok).Json().GetArrayLength());
    }
}
