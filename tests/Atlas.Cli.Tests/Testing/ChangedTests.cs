using System.Diagnostics;
using Atlas.Cli.Testing;
using Atlas.Cli.Tests.Harness;
using Xunit;

namespace Atlas.Cli.Tests.Testing;

/// <summary><c>atlas test --changed</c> runs the suites that a change can break, and no others.</summary>
public sealed class ChangedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atlas-changed-").FullName;

    [Theory]
    [InlineData("src/Atlas.Domain/Json/AtlasJson.cs", "learning, grains, cli, http", "")]
    [InlineData("src/Atlas.Import/README.md", "import, cli", "learning, storage")]
    [InlineData("sql/0001_schema.sql", "storage, grains, cli", "learning, configuration")]
    [InlineData("silo/Atlas.Silo/Program.cs", "grains, cli, cluster", "learning, storage")]
    [InlineData("docs/configuration.md", "configuration, cli, http, packages", "learning, grains, storage, cluster")]
    [InlineData("tests/Atlas.Learning.Tests/Impact/ImpactTests.cs", "learning", "conformance, cli")]
    [InlineData("Directory.Packages.props", "learning, aspire, storage, cluster", "")]
    [InlineData("deploy/kubernetes/silo.yaml", "cluster", "learning, cli")]
    public void A_change_reaches_what_refers_to_it(string file, string reached, string not)
    {
        var projects = ProjectMap.Read(RepositoryRoot.Path).Reached([file]);
        var suites = TestSuite.Find(Path.Combine(RepositoryRoot.Path, "tests"), "Release")
            .Where(suite => projects.Contains(Path.GetRelativePath(RepositoryRoot.Path, suite.ProjectFile))).Select(suite => suite.Name).ToList();

        Assert.Empty(reached.Split(", ").Except(suites));
        Assert.Empty(not.Split(", ").Intersect(suites));
    }

    [Fact]
    public async Task What_has_changed_is_what_git_says_and_what_it_does_not_know_yet()
    {
        Git("init", "-q", "-b", "main");
        await WriteAsync("kept");
        await WriteAsync("edited");
        await WriteAsync("moved");
        Commit();
        Git("checkout", "-q", "-b", "work");
        await WriteAsync("committed ünder another branch");
        File.Move(PathOf("moved"), PathOf("gone to"));
        Commit();
        await WriteAsync("edited", "differently");
        await WriteAsync("new");

        Assert.Equal(["edited", "new"], await SinceAsync("HEAD"));
        Assert.Equal(["committed ünder another branch", "edited", "gone to", "moved", "new"], await SinceAsync("main"));
        var unknown = await Assert.ThrowsAsync<CommandFailedException>(() => SinceAsync("--no-such"));
        Assert.Contains("--no-such", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suite_and_changes_exclude_each_other()
    {
        (await InProcess.RunAsync(_folder, "test", "learning", "--changed")).ExpectSentence(ExitCode.Usage, "not both");
        Assert.Contains("learning", (await InProcess.RunAsync(_folder, "test", "--list")).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<IEnumerable<string>> SinceAsync(string revision) =>
        (await ChangedFiles.SinceAsync(_folder, revision, TestContext.Current.CancellationToken)).Order(StringComparer.Ordinal);

    private string PathOf(string file) => Path.Combine(_folder, file);

    private Task WriteAsync(string file, string content = "") => File.WriteAllTextAsync(PathOf(file), content + file);

    private void Commit()
    {
        Git("add", "-A");
        Git("-c", "user.name=tester", "-c", "user.email=tester@example.org", "commit", "-q", "-m", "work");
    }

    private void Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
