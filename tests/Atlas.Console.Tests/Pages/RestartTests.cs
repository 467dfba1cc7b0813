using System.Globalization;
using Atlas.Pages.Tests.Harness;
using Atlas.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

[Collection(OpenConsoleCollection.Name)]
public sealed class RestartTests(OpenConsole console)
{
    // How often both silos are restarted one after the other; once where nobody says more.
    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("ATLAS_CONSOLE_RESTARTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 1;

    [Fact]
    public async Task A_page_left_open_goes_on_by_itself_through_rolling_restarts()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var first = await ConsoleSilo.StartAsync(database, "first");
        await using var second = await ConsoleSilo.StartAsync(database, "second");
        const string Key = "open/all-day";
        await first.SessionAsync(Key);
        await using var window = await console.Browser.WindowAsync(first.Address);
        var (page, running) = (await window.NewPageAsync(), await window.NewPageAsync());
        await page.GotoAsync($"/key?key={Uri.EscapeDataString(Key)}");
        var session = (await second.ApiAsync("v1/sessions", new { task = "Runs all day", learning_key = Key })).GetProperty("session_id").GetInt64();
        await running.GotoAsync($"/session?id={session}");
        await page.EvaluateAsync("window.same = true");
        await running.EvaluateAsync("window.same = true");
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var silo in (ConsoleSilo[])[first, second])
            {
                await silo.RestartAsync();
                var (words, tool) = ($"Words of round {round} after {silo.Address.Port}.", $"tool_{round}_{silo.Address.Port}");
                await second.ImportAsync(Key, words);
                await second.ApiAsync($"v1/sessions/{session}/events", new { events = new object[] { new { payload = new { event_type = "tool", name = tool, data = new { output = "found" } } } } });
                await Assertions.Expect(page.Locator("pre.said").First).ToContainTextAsync(words, new() { Timeout = 60_000 });
                await Assertions.Expect(running.GetByText(tool)).ToBeVisibleAsync(new() { Timeout = 60_000 });
            }
        }

        Assert.True(await page.EvaluateAsync<bool>("window.same"));
        Assert.True(await running.EvaluateAsync<bool>("window.same"));

        // A session that has ended is asked about no more.
        await second.ApiAsync($"v1/sessions/{session}/complete", new { status = "succeeded", final_answer = "Done at last.", reward = new { score = 1.0, judge = "customer" } });
        await Assertions.Expect(running.GetByText("Done at last.").First).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }
}
