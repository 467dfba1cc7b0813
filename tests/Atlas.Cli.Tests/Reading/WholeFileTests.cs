using System.Diagnostics;
using System.IO.Pipes;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks.Exchange;
using Xunit;

namespace Atlas.Cli.Tests.Reading;

public sealed class WholeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-files-").FullName;

    [Fact]
    public async Task The_target_of_a_link_is_replaced_and_the_link_stays()
    {
        var (target, link) = (Path.Combine(_folder, "target.json"), Path.Combine(_folder, "link.json"));
        await File.WriteAllTextAsync(target, "old and long");
        File.CreateSymbolicLink(link, target);

        await WriteAsync(link, "new");
        Assert.Equal("new", await File.ReadAllTextAsync(target));
        await PlaybookFile.WriteAsync(link, "newer", TestContext.Current.CancellationToken);
        Assert.Equal("newer", await File.ReadAllTextAsync(target));
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder).Length);
    }

    [Fact]
    public async Task A_file_is_made_and_an_empty_one_is_replaced_like_any_other()
    {
        var file = Path.Combine(_folder, "file.json");
        await WriteAsync(file, "");
        await WriteAsync(file, "new");
        Assert.Equal("new", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task A_file_that_only_its_owner_can_read_stays_one()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var file = Path.Combine(_folder, "private.json");
        await File.WriteAllTextAsync(file, "old");
        foreach (var mode in new[] { UnixFileMode.UserRead | UnixFileMode.UserWrite, (UnixFileMode)0b110_110_110 })
        {
            File.SetUnixFileMode(file, mode);
            await WriteAsync(file, "new");
            Assert.Equal(mode, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task A_named_pipe_stays_one_and_its_reader_gets_the_text()
    {
        var (pipe, read) = (Path.Combine(_folder, "pipe"), Path.Combine(_folder, "read"));
        using var made = Process.Start("mkfifo", [pipe]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var reader = Process.Start("sh", ["-c", $"cat '{pipe}' > '{read}'"]);

        await Task.Run(() => WriteAsync(pipe, "through"));

        await reader.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("through", await File.ReadAllTextAsync(read));
        using var test = Process.Start("test", ["-p", pipe]);
        await test.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, test.ExitCode);
    }

    [Fact]
    public async Task A_device_is_written_to()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        var read = new StreamReader(pipe).ReadToEndAsync(TestContext.Current.CancellationToken);

        await WriteAsync($"/dev/fd/{pipe.GetClientHandleAsString()}", "through");
        pipe.DisposeLocalCopyOfClientHandle();

        Assert.Equal("through", await read);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task WriteAsync(string path, string text)
    {
        await using var file = WholeFile.Create(path);
        await using (var writer = new StreamWriter(file.Stream, leaveOpen: true))
        {
            await writer.WriteAsync(text);
        }

        await file.CommitAsync(TestContext.Current.CancellationToken);
    }
}
