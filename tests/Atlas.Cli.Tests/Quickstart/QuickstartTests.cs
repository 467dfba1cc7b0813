using System.Text.Json;
using Atlas.Cli.Quickstart;
using Atlas.Cli.Tests.Harness;
using Atlas.Domain;
using Xunit;

namespace Atlas.Cli.Tests.Quickstart;

public sealed class QuickstartTests : IAsyncDisposable
{
    private readonly TestWorkspace _workspace = new();

    public QuickstartTests()
    {
        foreach (var variable in new[] { "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "XAI_API_KEY" })
        {
            _workspace.SetEnvironment(variable, null);
        }
    }

    [Fact]
    public async Task The_agent_gets_better_from_task_to_task_and_what_it_learned_is_shown()
    {
        var shown = (await _workspace.QuickstartAsync()).Expect(ExitCode.Ok);
        var lines = shown.Output.Split('\n');

        Assert.StartsWith("Agent, judge and synthesizer are scripted", lines[0], StringComparison.Ordinal);
        var rows = lines.Where(line => line.StartsWith("   ", StringComparison.Ordinal) && char.IsDigit(line.TrimStart()[0])).ToList();
        Assert.Equal(6, rows.Count);
        Assert.Contains("0.50", rows[0], StringComparison.Ordinal);
        Assert.Contains("0 → 1", rows[0], StringComparison.Ordinal);
        Assert.Contains("0.80 ↑", rows[1], StringComparison.Ordinal);
        Assert.Contains("1.00 =", rows[^1], StringComparison.Ordinal);
        Assert.Contains("Quality: the reward rose from 0.50 to 1.00.", lines);
        Assert.Contains("The playbook now", lines);
        Assert.Contains(lines, line => line.StartsWith("+   1  - When: ", StringComparison.Ordinal)
            && line.Contains(": Call get_order before you refund or cancel anything.", StringComparison.Ordinal));
        Assert.Contains("./atlas playbook history quickstart/order-desk", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"Its page: http://127.0.0.1:{_workspace.HttpPort}/key?key=quickstart%2Forder-desk\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("get_order", (await _workspace.RunAsync("playbook", "show", QuickstartKey.First)).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
        Assert.Equal("stopped", (await _workspace.RunAsync("status", "--json")).Json().GetProperty("silos").EnumerateArray()
            .Select(silo => silo.GetProperty("health").GetString()).DefaultIfEmpty("stopped").Single());
    }

    [Fact]
    public async Task Started_again_it_goes_on_with_what_it_knows_and_fresh_it_begins_anew()
    {
        var first = await JsonAsync("--tasks", "3");
        var again = await JsonAsync("--tasks", "1");
        var fresh = await JsonAsync("--tasks", "1", "--fresh");

        Assert.Equal([0.5, 0.8, 1.0], Rewards(first));
        Assert.Equal(3, again.GetProperty("sessions_before").GetInt64());
        Assert.Equal([1.0], Rewards(again));
        Assert.Equal("quickstart/order-desk-2", fresh.GetProperty("learning_key").GetString());
        Assert.Equal([0.5], Rewards(fresh));
    }

    [Fact]
    public async Task Kept_it_stays_and_a_one_time_address_opens_the_page_of_its_key()
    {
        using var kept = _workspace.StartQuickstart("--tasks", "1", "--keep");
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var page = new Uri($"http://127.0.0.1:{_workspace.HttpPort}/key?key=quickstart%2Forder-desk");
        await Atlas.Testing.Eventually.TrueAsync(async () => kept.HasEnded || await IsShownAsync(browser, page), TimeSpan.FromMinutes(2), "the page of the key");
        await using (var database = await _workspace.DatabaseAsync())
        {
            // With the address that it prints, all that it had to do is done.
            await using var printed = database.CreateCommand("SELECT count(*) FROM orleans.console_credential WHERE kind = 'address'");
            await Atlas.Testing.Eventually.TrueAsync(async () => await printed.ExecuteScalarAsync() is 1L, TimeSpan.FromMinutes(2), "the printed address");
        }

        var address = (await _workspace.RunAsync("console", "--key", QuickstartKey.First, "--json")).Expect(ExitCode.Ok).Json().GetProperty("url").GetString()!;
        using (var entered = await browser.GetAsync(new Uri(address)))
        {
            Assert.Equal(page.PathAndQuery, entered.Headers.Location!.OriginalString);
            Assert.Contains(entered.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("atlas_console=", StringComparison.Ordinal));
        }

        using (var again = await browser.GetAsync(new Uri(address)))
        {
            Assert.Equal(401, (int)again.StatusCode);
        }

        Shell.Signal("INT", kept.Id);
        Assert.Contains($"Its page is open: http://127.0.0.1:{_workspace.HttpPort}/enter?with=", (await kept.ResultAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Planted_entries_are_told_apart_by_withholding_them()
    {
        // The tests switch trials off for all others.
        _workspace.SetEnvironment("Atlas__Learning__Evidence__Enabled", null);
        var report = (await _workspace.QuickstartAsync("--evidence", "--tasks", "300", "--json")).Expect(ExitCode.Ok).Json();

        var entries = report.GetProperty("entries").EnumerateArray().ToDictionary(entry => entry.GetProperty("planted").GetString()!);
        Assert.Equal(["harmful", "helpful", "useless"], entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("withdrawn", entries["harmful"].GetProperty("state").GetString());
        Assert.InRange(entries["harmful"].GetProperty("gone_after").GetInt32(), 10, 300);
        Assert.Contains(entries["helpful"].GetProperty("state").GetString(), (string[])["proven", "tolerated", "on_trial"]);
        Assert.DoesNotContain(entries["useless"].GetProperty("state").GetString(), (string[])["withdrawn", "proven"]);
        Assert.All(entries.Values, entry => Assert.InRange(entry.GetProperty("estimate").GetDouble(), entry.GetProperty("low").GetDouble(), entry.GetProperty("high").GetDouble()));

        var key = report.GetProperty("learning_key").GetString()!;
        var shown = (await _workspace.RunAsync("playbook", "show", key)).Expect(ExitCode.Ok).Output;
        Assert.Contains("withdrawn, harmful", shown, StringComparison.Ordinal);
        Assert.Contains("withdrawn, harmful", (await _workspace.RunAsync("playbook", "history", key)).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
        Assert.StartsWith($"{key}: ", (await _workspace.RunAsync("report", "--key", key, "--output-dir", _workspace.PathOf("report"))).Expect(ExitCode.Ok).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_leaves_a_silo_of_others_alone()
    {
        (await _workspace.UpAsync()).Expect(ExitCode.Ok);

        var refused = (await _workspace.QuickstartAsync()).Expect(ExitCode.Refused);

        Assert.Contains("atlas down", refused.Error, StringComparison.Ordinal);
        Assert.Equal("healthy", (await _workspace.SiloAsync()).GetProperty("health").GetString());
    }

    [Fact]
    public async Task A_number_of_tasks_that_makes_no_sense_is_refused() =>
        (await _workspace.RunAsync("quickstart", "--tasks", "0")).ExpectSentence(ExitCode.Usage, "--tasks is '0'");

    [Fact]
    public void With_a_key_the_model_and_its_cost_are_told_beforehand_and_offline_asks_none()
    {
        var models = QuickstartModels.Choose(null, offline: false, variable => variable == "ANTHROPIC_API_KEY" ? "k" : null);
        var said = string.Join('\n', models.Introduction(10));

        Assert.False(models.AreScripted);
        Assert.Contains("claude-haiku-4-5", said, StringComparison.Ordinal);
        Assert.Contains("120 thousand tokens", said, StringComparison.Ordinal);
        Assert.Contains("$0.20", said, StringComparison.Ordinal);
        Assert.True(QuickstartModels.Choose(null, offline: true, _ => "k").AreScripted);
        Assert.True(QuickstartModels.Choose(null, offline: false, _ => null).AreScripted);
    }

    [Fact]
    public void The_first_and_the_last_task_are_compared_also_where_there_is_nothing_to_divide_by()
    {
        var first = new QuickstartRow(1, "t", 1, SessionStatus.Succeeded, 0.5, null, 0, 0, 0, 0, 1);

        Assert.Empty(QuickstartInsights.Of([first], withTime: true));
        Assert.Equal(
            ["Quality: the reward rose from 0.50 to 1.00."],
            QuickstartInsights.Of([first, first with { Reward = 1, Tokens = 100, Seconds = 2 }], withTime: true));
        Assert.Contains(
            "Speed: it took 50 % less time.",
            QuickstartInsights.Of([first with { Seconds = 2 }, first with { Seconds = 1 }], withTime: true));
    }

    public ValueTask DisposeAsync() => _workspace.DisposeAsync();

    private static async Task<bool> IsShownAsync(HttpClient browser, Uri page)
    {
        try
        {
            return (await browser.GetStringAsync(page)).Contains("Sessions get", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments) =>
        (await _workspace.QuickstartAsync([.. arguments, "--json"])).Expect(ExitCode.Ok).Json();

    private static double[] Rewards(JsonElement report) =>
        [.. report.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("reward").GetDouble())];
}
