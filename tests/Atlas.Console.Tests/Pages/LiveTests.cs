using Atlas.Pages.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

[Collection(OpenConsoleCollection.Name)]
public sealed class LiveTests(OpenConsole console)
{
    private const int MostOfScript = 60_000;
    private const int MostOfPage = 200_000;

    [Fact]
    public async Task What_moves_is_seen_without_loading_the_page_again()
    {
        var key = $"live/{Guid.NewGuid():N}";
        await console.Silo.SessionAsync(key);
        await using var window = await console.Browser.WindowAsync(console.Silo.Address);
        var page = await window.NewPageAsync();
        await page.RunAndWaitForResponseAsync(() => page.GotoAsync($"/key?key={Uri.EscapeDataString(key)}"), response => response.Url.Contains("/console/live/", StringComparison.Ordinal));
        await page.EvaluateAsync("window.same = true");
        await console.Silo.ImportAsync(key, "Fresh words.");
        await Assertions.Expect(page.Locator("pre.said").First).ToContainTextAsync("Fresh words.", new() { Timeout = 15_000 });
        Assert.True(await page.EvaluateAsync<bool>("window.same"));

        var session = (await console.Silo.ApiAsync("v1/sessions", new { task = "Runs", learning_key = key })).GetProperty("session_id").GetInt64();
        await page.RunAndWaitForResponseAsync(() => page.GotoAsync($"/session?id={session}"), response => response.Url.Contains("/console/live/", StringComparison.Ordinal));
        await console.Silo.ApiAsync($"v1/sessions/{session}/events", new { events = new object[] { new { payload = new { event_type = "tool", name = "look_up", data = new { output = "found" } } } } });
        await Assertions.Expect(page.GetByText("look_up")).ToBeVisibleAsync(new() { Timeout = 15_000 });
    }

    [Fact]
    public async Task A_page_is_small_whatever_was_recorded()
    {
        var key = $"large/{Guid.NewGuid():N}";
        var long_ = string.Concat(Enumerable.Repeat("All work and no play. <>&\"", 20_000));
        await console.Silo.ImportAsync(key, "Words.", [.. Enumerable.Range(0, 12).Select(n => ($"entry-{n}", $"cue {n}", $"Do number {n}."))]);
        var events = Enumerable.Range(0, 30).Select(n => (object)new { payload = new { event_type = "tool", name = $"tool_{n}", data = new { output = long_[..15_000] } } }).ToArray();
        var session = await console.Silo.SessionAsync(key, 0.4, long_[..300_000], long_[..100_000], events: events);
        var addresses = console.Pages.Values.Concat([$"/session?id={session}", $"/review?id={session}", $"/key?key={Uri.EscapeDataString(key)}", $"/sessions?key={Uri.EscapeDataString(key)}"]);
        foreach (var address in addresses)
        {
            var page = await console.Silo.PageAsync(address, address.Contains("999999", StringComparison.Ordinal) ? 404 : 200);
            var (script, style) = (0, 0);
            foreach (System.Text.RegularExpressions.Match file in System.Text.RegularExpressions.Regex.Matches(page, "(?:src|href)=\"(/console/[^\"]+)\""))
            {
                var length = (await console.Silo.PageAsync(file.Groups[1].Value)).Length;
                (script, style) = file.Groups[1].Value.EndsWith(".js", StringComparison.Ordinal) ? (script + length, style) : (script, style + length);
            }

            var whole = System.Text.Encoding.UTF8.GetByteCount(page) + script + style;
            Assert.True(script < MostOfScript && whole < MostOfPage, $"{address}: {script} of script, {whole} in all");
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=\"", page, StringComparison.Ordinal);
        }
    }
}
