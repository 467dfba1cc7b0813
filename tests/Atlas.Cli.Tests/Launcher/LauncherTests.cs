using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Launcher;

[Collection(Alone.Name)]
public sealed class LauncherTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-launcher-").FullName;

    [Fact]
    public async Task It_works_through_a_link_from_any_folder_and_twice_at_once()
    {
        var link = Path.Combine(_folder, "atlas-link");
        File.CreateSymbolicLink(link, RepositoryRoot.Launcher);

        var both = await Task.WhenAll(RunAsync(link, "--version"), RunAsync(RepositoryRoot.Launcher, "--version"));

        Assert.All(both, run => run.Expect(ExitCode.Ok));
        Assert.Equal(both[0].Output, both[1].Output);
    }

    [Fact]
    public async Task It_passes_the_exit_code_on()
    {
        // Built by the test above or by this one; either way it is the program's own answer.
        var answer = await RunAsync(RepositoryRoot.Launcher, "no-such-command");

        Assert.Equal((int)ExitCode.Usage, answer.ExitCode);
        Assert.Contains("no-such-command", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_sdk_it_says_what_to_install()
    {
        // A copy of the launcher alone has no build and, with this PATH, no dotnet to make one.
        var launcher = Path.Combine(_folder, "atlas");
        File.Copy(RepositoryRoot.Launcher, launcher);
        var tools = Directory.CreateDirectory(Path.Combine(_folder, "tools")).FullName;
        foreach (var tool in (string[])["bash", "dirname", "readlink", "find", "sort", "cmp", "env"])
        {
            File.CreateSymbolicLink(Path.Combine(tools, tool), Find(tool));
        }

        var answer = await RunAsync(launcher, "status", path: tools);

        Assert.Equal((int)ExitCode.CannotStart, answer.ExitCode);
        Assert.Contains("The .NET 10 SDK is missing", answer.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Find(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, tool))
        .First(File.Exists);

    private async Task<CommandResult> RunAsync(string launcher, string argument, string? path = null)
    {
        var environment = new Dictionary<string, string?> { ["ATLAS_HOME"] = Path.Combine(_folder, "home") };
        if (path is not null)
        {
            environment["PATH"] = path;
        }

        using var process = AtlasProcess.Start("/bin/bash", [launcher, argument], _folder, environment);
        return await process.ResultAsync();
    }
}
