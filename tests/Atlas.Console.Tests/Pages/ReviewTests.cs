using Atlas.Pages.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

[Collection(OpenConsoleCollection.Name)]
public sealed class ReviewTests(OpenConsole console)
{
    [Fact]
    public async Task Two_reviewers_with_the_keyboard_share_a_queue_and_decide_each_session_once()
    {
        var key = $"queue/{Guid.NewGuid():N}";
        for (var n = 0; n < 6; n++)
        {
            await console.Silo.SessionAsync(key, 0.1 * n, $"Task {n}");
        }

        async Task<int> ReviewAsync(string press)
        {
            await using var window = await console.Browser.WindowAsync(console.Silo.Address);
            var page = await window.NewPageAsync();
            await page.GotoAsync($"/review?key={Uri.EscapeDataString(key)}");
            var decided = 0;
            while (await page.Locator("textarea[name=note]").CountAsync() > 0)
            {
                var session = await page.Locator("input[name=session]").InputValueAsync();
                await page.Keyboard.PressAsync(press);
                await page.WaitForURLAsync(address => address.Contains($"done={session}&", StringComparison.Ordinal));
                decided++;
            }

            return decided;
        }

        var counts = await Task.WhenAll(ReviewAsync("a"), ReviewAsync("q"));

        Assert.Equal(6, counts.Sum());
        Assert.Equal(6L, await console.Silo.Database.ScalarAsync<long>(
            "SELECT count(*) FROM review_decisions d JOIN sessions s ON s.id = d.session_id WHERE s.stored_learning_key = $1", key));
        Assert.Equal(0L, await console.Silo.Database.ScalarAsync<long>(
            "SELECT count(*) FROM sessions WHERE stored_learning_key = $1 AND review_status = 'pending'", key));
    }

    [Fact]
    public async Task What_somebody_else_has_before_them_or_has_decided_is_not_decided_again()
    {
        var key = $"claims/{Guid.NewGuid():N}";
        var session = await console.Silo.SessionAsync(key);
        await using var first = await console.Browser.WindowAsync(console.Silo.Address);
        await using var second = await console.Browser.WindowAsync(console.Silo.Address);
        var (one, other) = (await first.NewPageAsync(), await second.NewPageAsync());
        await one.GotoAsync($"/review?id={session}");
        await other.GotoAsync($"/review?id={session}");
        await Assertions.Expect(other.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else is reviewing this session");
        await other.GotoAsync($"/review?key={Uri.EscapeDataString(key)}");
        await Assertions.Expect(other.GetByText("No session waits for a review")).ToBeVisibleAsync();

        // The command line decides meanwhile.
        await console.Silo.ApiAsync($"v1/sessions/{session}/review", new { status = "quarantined", reviewer = "ann", note = "broken tool" });
        await one.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Assertions.Expect(one.GetByText($"Session {session} is now quarantined, as ann decided")).ToBeVisibleAsync();
        Assert.Equal(1L, await console.Silo.Database.ScalarAsync<long>("SELECT count(*) FROM review_decisions WHERE session_id = $1", session));
    }
}
