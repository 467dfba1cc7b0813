using Atlas.Pages.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

/// <summary>What a key's page says about the judge.</summary>
public sealed class JudgeTests(OpenConsole console) : IClassFixture<OpenConsole>
{
    [Fact]
    public async Task A_keys_page_says_whether_the_judge_agrees_with_outcomes_and_has_moved()
    {
        var key = $"judged/{Guid.NewGuid():N}";
        await using var window = await console.Browser.WindowAsync(console.Silo.Address, script: false);
        var page = await window.NewPageAsync();
        for (var number = 0; number < 3; number++)
        {
            var started = await console.Silo.ApiAsync("v1/sessions", new { task = "Refund order 1042", learning_key = key });
            var session = started.GetProperty("session_id").GetInt32();
            await console.Silo.ApiAsync($"v1/sessions/{session}/complete", new { status = "succeeded", final_answer = "Done.", reward = new { score = number % 2 } });
            if (number == 0)
            {
                await page.GotoAsync($"/key?key={Uri.EscapeDataString(key)}");
                await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The judge" })).ToHaveCountAsync(0);
            }

            await console.Silo.Database.ExecuteAsync("INSERT INTO orleans.judge_panel (session_id, outcome, due_at) VALUES ($1, $2, now() + interval '7 days')", session, number % 2 * 1.0);
            await console.Silo.Database.ExecuteAsync(
                "INSERT INTO orleans.judge_panel_answer (session_id, judged_at, judge, score) VALUES ($1, now() - interval '7 days', 'house', 0.9), ($1, now(), 'house', 0.6)", session);
        }

        await page.GotoAsync($"/key?key={Uri.EscapeDataString(key)}");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The judge" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("The judge and the outcome are on the same side in 33 % of 3 sessions")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("whether the judge has changed")).ToBeVisibleAsync();
    }
}
