using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Launcher;

/// <summary>When the launcher builds, and what it does while that takes its time. The SDK is played by a script.</summary>
public sealed class LauncherBuildTests : IDisposable
{
    private const string Sdk = """
        #!/bin/sh
        root=$ATLAS_TEST_ROOT
        case "$1" in
          --version) echo 10.0.100 ;;
          nuget) echo "E http://127.0.0.1:9/v3/index.json" ;;
          build)
            echo build >>"$root/builds"
            if [ -e "$root/hangs" ]; then exec sleep 600; fi
            if [ -e "$root/fails" ]; then cat "$root/fails"; exit 1; fi
            mkdir -p "$root/src/Atlas.Cli/bin/Release/net10.0" "$root/silo/Atlas.Silo/bin/Release/net10.0"
            cat "$root/src/Atlas.Cli/Program.cs" >"$root/src/Atlas.Cli/bin/Release/net10.0/atlas.dll"
            echo silo >"$root/silo/Atlas.Silo/bin/Release/net10.0/Atlas.Silo.dll"
            ;;
          *) pwd ;;
        esac

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-builds-").FullName;

    public LauncherBuildTests()
    {
        foreach (var folder in (string[])["eng", "src/Atlas.Cli", "silo", "grains", "sql", "tools", "elsewhere"])
        {
            Directory.CreateDirectory(PathOf(folder));
        }

        foreach (var file in (string[])["src/Atlas.Cli/Program.cs", "src/Atlas.Cli/Atlas.Cli.csproj", "sql/0001.sql", "Directory.Build.props", "Directory.Packages.props", "global.json"])
        {
            File.WriteAllText(PathOf(file), file);
        }

        File.Copy(RepositoryRoot.Launcher, PathOf("atlas"));
        File.WriteAllText(PathOf("tools/dotnet"), Sdk);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PathOf("tools/dotnet"), (UnixFileMode)0b111_101_101);
        }
    }

    [Fact]
    public async Task It_builds_where_sources_say_something_else_and_not_where_only_their_times_do()
    {
        await RunAsync();
        Assert.Equal(1, Builds);
        await RunAsync();
        Assert.Equal(1, Builds);

        SetTimes(DateTime.UnixEpoch.AddYears(30));
        await RunAsync();
        Assert.Equal(1, Builds);

        File.WriteAllText(PathOf("src/Atlas.Cli/Program.cs"), "something else");
        await RunAsync();
        Assert.Equal(2, Builds);

        File.Delete(PathOf("sql/0001.sql"));
        await RunAsync();
        Assert.Equal(3, Builds);

        Directory.Delete(PathOf(".atlas"), recursive: true);
        await RunAsync();
        Assert.Equal(3, Builds);
    }

    [Fact]
    public async Task It_builds_where_somebody_built_other_sources_meanwhile()
    {
        await RunAsync();
        File.WriteAllText(PathOf("src/Atlas.Cli/bin/Release/net10.0/atlas.dll"), "of a change that was taken back");
        SetTimes(DateTime.UnixEpoch.AddYears(30));

        await RunAsync();

        Assert.Equal(2, Builds);
    }

    [Fact]
    public async Task The_command_runs_where_the_caller_is_also_after_a_build()
    {
        var first = (await RunAsync()).Expect(ExitCode.Ok);
        var second = (await RunAsync()).Expect(ExitCode.Ok);

        Assert.EndsWith("elsewhere", first.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public async Task A_build_that_waits_for_packages_ends_within_a_minute_with_the_reason()
    {
        File.WriteAllText(PathOf("hangs"), "");
        var began = TimeProvider.System.GetTimestamp();

        var answer = await RunAsync();

        answer.ExpectSentence(ExitCode.CannotStart, "its packages are not all on this machine, and http://127.0.0.1:9/v3/index.json cannot be reached");
        Assert.Contains("waiting for its packages for 15 s", answer.Error, StringComparison.Ordinal);
        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(1), "it took longer than a minute");
    }

    [Fact]
    public async Task A_restore_that_fails_for_want_of_a_source_is_told_apart_from_code_that_does_not_compile()
    {
        File.WriteAllText(PathOf("fails"), "x.csproj : error NU1301: Unable to load the service index for source http://127.0.0.1:9/v3/index.json. [x.sln]\n");
        (await RunAsync()).ExpectSentence(ExitCode.CannotStart, "cannot be reached");

        File.WriteAllText(PathOf("fails"), "Program.cs(1,1): error CS1002: ; expected\n");
        (await RunAsync()).ExpectSentence(ExitCode.Failed, "atlas does not build. The errors are printed above.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private int Builds => File.ReadAllLines(PathOf("builds")).Length;

    private string PathOf(string file) => Path.Combine(_folder, file);

    private void SetTimes(DateTime time)
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, time);
        }
    }

    private async Task<CommandResult> RunAsync()
    {
        var environment = new Dictionary<string, string?>
        {
            ["PATH"] = PathOf("tools") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            ["ATLAS_TEST_ROOT"] = _folder,
            ["http_proxy"] = null,
            ["HTTP_PROXY"] = null,
        };
        using var process = AtlasProcess.Start("/bin/bash", [PathOf("atlas"), "status"], PathOf("elsewhere"), environment);
        return await process.ResultAsync();
    }
}
