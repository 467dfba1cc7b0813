using System.Globalization;
using System.Text.Json;
using Atlas.Pages.Tests.Harness;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

public sealed class ExperimentTests(TryingConsole console) : IClassFixture<TryingConsole>
{
    private const int MostSessions = 600;

    [Fact]
    public async Task An_experiment_is_started_followed_and_concluded_without_JavaScript()
    {
        var key = await KeyAsync();
        await using var window = await console.Browser.WindowAsync(console.Silo.Address, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/key?key={Uri.EscapeDataString(key)}");
        await Go(page, "Start an experiment…");
        await page.GetByLabel("Baseline version").FillAsync("1");
        await page.GetByLabel("Version of the new arm").FillAsync("2");
        await page.GetByLabel("Why?").FillAsync("which is better");
        await Press(page, "Estimate the sessions needed");
        await Assertions.Expect(page.GetByText("points is seen after about")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText($"atlas experiment start {key} --versions 1,2 --share 0.5 --points 20 --reason TEXT")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("td.added").First).ToContainTextAsync("Read the policy");
        await Press(page, "Start the experiment");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Experiment 1: version 2 against version 1" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("by local: which is better")).ToBeVisibleAsync();

        await DecideAsync(key);
        await page.GotoAsync("/");
        await page.Locator(".needs > li").Filter(new() { HasText = key }).GetByRole(AriaRole.Link, new() { Name = "experiment 1 is decided" }).ClickAsync();
        await Assertions.Expect(page.GetByText("the new arm is better")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("decided, waiting to be concluded")).ToBeVisibleAsync();

        await using (var narrow = await console.Browser.WindowAsync(console.Silo.Address, width: 400, dark: true))
        {
            var look = await narrow.NewPageAsync();
            await look.GotoAsync($"/key?key={Uri.EscapeDataString(key)}");
            Assert.True(await look.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 400);
            Assert.Empty((await look.RunAxe()).Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id} {node.Html}")));
            await AppearanceTests.KeepAsync(look, "experiment decided-400-dark");
            await look.SetViewportSizeAsync(1400, 900);
            await look.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            await AppearanceTests.KeepAsync(look, "experiment decided-1400");
        }

        // The number of an arm leads to its sessions.
        var arm = page.Locator("#experiment-1").GetByRole(AriaRole.Link).Filter(new() { HasText = "in the new arm" });
        var counted = int.Parse((await arm.InnerTextAsync()).Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.InRange(counted, 1, MostSessions);
        await arm.ClickAsync();
        Assert.Contains("experiment=1&arm=new", page.Url, StringComparison.Ordinal);
        Assert.InRange(await page.Locator("tbody tr").CountAsync(), Math.Min(50, counted), 50);
        await page.GoBackAsync();

        await Go(page, "Conclude experiment 1…");
        await Assertions.Expect(page.GetByText($"atlas experiment conclude {key} 1 --reason TEXT")).ToBeVisibleAsync();
        await page.GetByLabel("Why?").FillAsync("it is better");
        await Press(page, "Conclude experiment 1");
        await Assertions.Expect(page.Locator("#experiment-1").GetByText("concluded", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(2L, await console.Silo.Database.ScalarAsync<long>(
            "SELECT count(*) FROM audit_log WHERE door = 'console' AND subject = $1 AND action IN ('StartExperiment', 'ConcludeExperiment') AND status = 303", key));
    }

    [Fact]
    public async Task While_a_version_waits_for_its_trial_the_pages_name_the_one_on_trial_as_current()
    {
        var key = $"trial/{Guid.NewGuid():N}";
        await console.Silo.SessionAsync(key, score: null);
        foreach (var preface in (string[])["Be kind.", "Be quick.", "Be both."])
        {
            await console.Silo.ImportAsync(key, preface, ("policy", "refund", "Read the policy"));
        }

        var newest = await console.Silo.Database.ScalarAsync<int>("SELECT max(version) FROM playbook_versions WHERE learning_key = $1", key);
        Assert.Contains($"#versions\">{newest - 1}</a>", await console.Silo.PageAsync($"/?find={Uri.EscapeDataString(key)}"), StringComparison.Ordinal);
        Assert.Contains($"version {newest - 1}, which sessions get", await console.Silo.PageAsync($"/key/change?key={Uri.EscapeDataString(key)}&do=rollback&version=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_experiment_can_be_is_said_before_anything_starts()
    {
        var key = await KeyAsync();
        await using var window = await console.Browser.WindowAsync(console.Silo.Address, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/key/experiment?key={Uri.EscapeDataString(key)}");
        await page.GetByLabel("Why?").FillAsync("to see");
        await page.GetByLabel("Version of the new arm").FillAsync("2");
        await page.GetByLabel("In one entry").CheckAsync();
        await Press(page, "Estimate the sessions needed");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose the entry");
        await page.GetByLabel("In the configuration").CheckAsync();
        await Press(page, "Estimate the sessions needed");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Set what is different in the new arm");
        await page.GetByLabel("Model of the new arm").FillAsync("other-model");
        await Press(page, "Estimate the sessions needed");
        await Assertions.Expect(page.GetByText("model: \"other-model\"")).ToBeVisibleAsync();
        Assert.Equal(0L, await console.Silo.Database.ScalarAsync<long>("SELECT count(*) FROM learning_journal WHERE learning_key = $1 AND event_type = 'experiment_started'", key));
    }

    [Fact]
    public async Task An_entry_is_withdrawn_and_put_on_trial_again()
    {
        var key = await KeyAsync();
        await using var window = await console.Browser.WindowAsync(console.Silo.Address, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/key?key={Uri.EscapeDataString(key)}");
        await Go(page, "Withdraw… the entry policy");
        await Assertions.Expect(page.GetByText($"atlas playbook withdraw {key} policy --reason TEXT")).ToBeVisibleAsync();
        await page.GetByLabel("Why?").FillAsync("it confuses");
        await Press(page, "Withdraw the entry policy");
        await Assertions.Expect(page.Locator(".entry").GetByText("withdrawn, harmful")).ToBeVisibleAsync();
        await Go(page, "Put on trial… the entry policy");
        await page.GetByLabel("Why?").FillAsync("another look");
        await Press(page, "Put the entry policy on trial");
        await Assertions.Expect(page.Locator(".entry").GetByText("on trial")).ToBeVisibleAsync();
    }

    private async Task<string> KeyAsync()
    {
        var key = $"experiments/{Guid.NewGuid():N}";
        await console.Silo.SessionAsync(key);
        await console.Silo.ImportAsync(key, "Answer at once.");
        await console.Silo.ImportAsync(key, "Answer at once.", ("policy", "refund", "Read the policy before you answer."));
        return key;
    }

    /// <summary>Sessions of which those of the new arm succeed, until that is seen.</summary>
    private async Task DecideAsync(string key)
    {
        for (var done = 0; done < MostSessions && !await IsDecidedAsync(key); done += 16)
        {
            await Task.WhenAll(Enumerable.Range(0, 16).Select(async n =>
            {
                var started = await console.Silo.ApiAsync("v1/sessions", new { task = $"Refund order {done + n}", learning_key = key });
                var isNew = started.GetProperty("playbook").GetProperty("version") is { ValueKind: JsonValueKind.Number } version && version.GetInt32() == 2;
                await console.Silo.ApiAsync(
                    $"v1/sessions/{started.GetProperty("session_id").GetInt64()}/complete",
                    new { status = "succeeded", final_answer = "Done.", reward = new { score = isNew ? 0.95 : 0.1, judge = "customer" } });
            }));
        }

        Assert.True(await IsDecidedAsync(key), "The experiment has no verdict.");
    }

    private async Task<bool> IsDecidedAsync(string key) => await console.Silo.Database.ScalarAsync<long>(
        "SELECT count(*) FROM learning_journal WHERE learning_key = $1 AND event_type = 'experiment_decided'", key) > 0;

    private static Task Go(IPage page, string link) => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
