using Atlas.Cli.Tests.Harness;
using Atlas.Client.Cache;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Xunit;
using Atlas.Testing.Playbooks;

namespace Atlas.Cli.Tests.Operating;

/// <summary><c>atlas cache</c>: what applications keep for when the cluster is out of reach.</summary>
public sealed class CacheTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();

    private string Folder => Path.Combine(_workspace.Home, "cache", "learning");

    [Fact]
    public async Task What_is_cached_is_listed_and_a_damaged_file_named()
    {
        new PlaybookCache(Folder).Store(Resolved("support/orders", 7));
        await File.WriteAllTextAsync(Path.Combine(Folder, "broken.json"), "{");

        var report = (await _workspace.RunAsync("cache", "list", "--json")).Expect(ExitCode.Ok).Json();
        var table = (await _workspace.RunAsync("cache", "list")).Expect(ExitCode.Ok).Output;

        var lines = report.GetProperty("playbooks").EnumerateArray().ToList();
        Assert.Equal(["student", "teacher", null], lines.Select(line => line.GetProperty("role").GetString()));
        Assert.Equal(7, lines[0].GetProperty("version").GetInt32());
        Assert.Equal("its JSON is incomplete", lines[2].GetProperty("damage").GetString());
        Assert.Contains("support/orders", table, StringComparison.Ordinal);
        Assert.Contains("damaged: its JSON is incomplete", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clearing_removes_all_and_says_how_many()
    {
        new PlaybookCache(Folder).Store(Resolved("a", 1));
        new PlaybookCache(Folder).Store(Resolved("b", 1));

        var cleared = (await _workspace.RunAsync("cache", "clear", "--json")).Expect(ExitCode.Ok).Json();

        Assert.Equal(4, cleared.GetProperty("removed").GetInt32());
        Assert.Empty(Directory.GetFiles(Folder));
        Assert.StartsWith("There were no cached playbooks in", (await _workspace.RunAsync("cache", "clear")).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
        (await _workspace.RunAsync("cache", "list")).ExpectSentence(ExitCode.Ok, "There are no cached playbooks in");
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static ResolvedPlaybook Resolved(string key, int version) =>
        new(key, version, DateTimeOffset.UnixEpoch, InjectionMode.Prefix, true, 1, Role("student"), Role("teacher"));

    private static RolePlaybook Role(string role)
    {
        var rendered = RenderedText.Of(role, $"Told to the {role}.", 1000, null, 1)!;
        return new RolePlaybook(rendered.Text, rendered.Sha256, rendered.Block);
    }
}
