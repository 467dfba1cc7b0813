using Atlas.Cli.Invocation;
using Atlas.Cli.Recovery;
using Atlas.Cli.Tests.Harness;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cli.Tests.Operating;

[Collection(SharedSilo.Name)]
public sealed class BackupTests(RunningWorkspace running)
{
    [Fact]
    public async Task A_backup_to_a_folder_or_in_a_missing_one_is_refused_before_anything_is_written()
    {
        var workspace = running.Workspace;
        var folder = Directory.CreateDirectory(workspace.PathOf("backups")).FullName;

        (await workspace.CallAsync("backup", folder)).ExpectSentence(ExitCode.Usage, $"{folder} is a folder.");
        (await workspace.CallAsync("backup", workspace.PathOf("no-such-folder/kept.dump"))).ExpectSentence(ExitCode.NotFound, "There is no folder");
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task The_unfinished_file_is_readable_by_its_owner_only_whatever_was_left_there()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var part = await running.Workspace.WriteAsync("private.dump.part", "left by an interrupted backup");
        File.SetUnixFileMode(part, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        BackupCommand.CreatePrivate(part);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(part));
        Assert.Empty(await File.ReadAllBytesAsync(part));
    }

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

        (await workspace.CallAsync("backup", file)).ExpectSentence(ExitCode.Refused, "already exists");
        (await workspace.CallAsync("restore", file, "--yes")).ExpectSentence(ExitCode.Refused, "being alive within the last minute");
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
