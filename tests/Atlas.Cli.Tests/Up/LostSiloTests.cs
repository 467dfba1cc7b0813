using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Atlas.Cli.Tests.Harness;
using Atlas.Cli.Workspace;
using Atlas.Testing;
using Xunit;

namespace Atlas.Cli.Tests.Up;

/// <summary>Silos whose records somebody deleted are still those of their workspace.</summary>
public sealed partial class LostSiloTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TestWorkspace _workspace = new();

    private string Records => Path.Combine(_workspace.Home, "silos");

    [Fact]
    public async Task Without_its_record_a_silo_is_shown_taken_over_and_stopped()
    {
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        var pid = await PidAsync();

        Directory.Delete(Records, recursive: true);
        Assert.Equal(pid, await PidAsync());
        var up = (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        Assert.Contains(Say($"silo-1 (process {pid}) is running for this workspace, but has no record"), up.Error, StringComparison.Ordinal);
        Assert.Contains("Taking it over", up.Error, StringComparison.Ordinal);
        Assert.Contains("already running", up.Output, StringComparison.Ordinal);
        Assert.Equal(pid, await PidAsync());

        Directory.Delete(Records, recursive: true);
        var down = (await _workspace.RunAsync("down")).Expect(ExitCode.Ok);
        Assert.Contains(Say($"silo-1 (process {pid}) was stopped. It had no record"), down.Output, StringComparison.Ordinal);
        Assert.Null(ProcessIdentity.Of(pid));
    }

    [Fact]
    public async Task Without_its_whole_workspace_a_silo_is_ended_and_another_started()
    {
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        var pid = await PidAsync();
        KillDatabase();
        Directory.Delete(_workspace.Home, recursive: true);

        var up = (await _workspace.UpAsync()).Expect(ExitCode.Ok);

        Assert.Contains(Say($"silo-1 (process {pid}) is running for this workspace"), up.Error, StringComparison.Ordinal);
        Assert.Contains("Stopping it", up.Error, StringComparison.Ordinal);
        Assert.Null(ProcessIdentity.Of(pid));
        Assert.NotEqual(pid, await PidAsync());
    }

    [Fact]
    public async Task A_silo_whose_database_is_gone_ends_when_it_is_told_to()
    {
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        var pid = await PidAsync();
        KillDatabase();

        Shell.Signal("TERM", pid);

        // Far below the time after which `atlas down` would end it by force.
        await Eventually.TrueAsync(() => Task.FromResult(ProcessIdentity.Of(pid) is null), TimeSpan.FromSeconds(35), "the end of the silo");
        Assert.Contains("the database does not answer. It exits now", await File.ReadAllTextAsync(Path.Combine(_workspace.Home, "logs", "silo-1.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_a_silo_of_another_workspace_has_is_named_as_such()
    {
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        await using var other = new TestWorkspace();

        var refused = await other.RunAsync("up", "--detach", "--http-port", _workspace.HttpPort.ToString(CultureInfo.InvariantCulture));

        refused.ExpectSentence(ExitCode.CannotStart, Say($"is in use by silo-1 (process {await PidAsync()}) of another workspace"));
        Assert.Contains($"ATLAS_HOME={_workspace.Home} atlas down", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_root_of_a_silo_leads_on()
    {
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);
        using var http = new HttpClient { BaseAddress = new Uri(Say($"http://127.0.0.1:{_workspace.HttpPort}")), Timeout = Patience };

        var plain = await http.GetStringAsync(new Uri("/", UriKind.Relative));
        Assert.StartsWith("Atlas.Grains, silo silo-1", plain, StringComparison.Ordinal);
        foreach (var path in plain.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('/')).Select(line => line.Split(' ')[0]))
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        }

        var links = await LinksAsync(http, "/");
        Assert.Contains("/sessions", links);
        foreach (var link in links)
        {
            await LinksAsync(http, link);
        }
    }

    /// <summary>Where a page leads within the console, as a browser without a key sees it on its own machine.</summary>
    private static async Task<IReadOnlyCollection<string>> LinksAsync(HttpClient http, string path)
    {
        using var browser = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)) { Headers = { { "Accept", "text/html,*/*" } } };
        using var page = await http.SendAsync(browser);
        var text = await page.Content.ReadAsStringAsync();
        Assert.True(page.IsSuccessStatusCode && page.Content.Headers.ContentType?.MediaType == "text/html", $"{path}: {page.StatusCode} {text}");
        return [.. Link().Matches(text).Select(link => WebUtility.HtmlDecode(link.Groups[1].Value)).Distinct()];
    }

    [GeneratedRegex("<a [^>]*href=\"(/[^\"#]*)\"")]
    private static partial Regex Link();

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private async Task<int> PidAsync() => (await _workspace.SiloAsync()).GetProperty("pid").GetInt32();

    private void KillDatabase()
    {
        var file = Directory.EnumerateFiles(Path.Combine(_workspace.Home, "postgres"), "postmaster.pid", SearchOption.AllDirectories).Single();
        using var server = Process.GetProcessById(int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture));
        server.Kill();
        server.WaitForExit();
    }
}
