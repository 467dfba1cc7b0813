using System.Globalization;
using Atlas.Pages.Tests.Harness;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

/// <summary>Every page and every action with runs that were recorded elsewhere.</summary>
public sealed class RecordedRunsTests(RecordedRuns runs) : IClassFixture<RecordedRuns>
{
    private const int MostOfPage = 200_000;

    [Fact]
    public async Task Every_page_shows_real_runs_within_its_bounds()
    {
        var airline = Uri.EscapeDataString(RecordedRuns.Airline);
        var house = Uri.EscapeDataString(RecordedRuns.House);
        var longest = await runs.Silo.Database.ScalarAsync<long>(
            "SELECT s.id FROM sessions s WHERE stored_learning_key = $1 ORDER BY (SELECT count(*) FROM trajectory_events e WHERE e.session_id = s.id) DESC LIMIT 1", RecordedRuns.Airline);
        await using var window = await runs.Browser.WindowAsync(runs.Silo.Address, width: 400);
        var page = await window.NewPageAsync();
        foreach (var (address, shows) in new (string, string)[]
        {
            ("/", RecordedRuns.Airline), ("/?find=reflexion", RecordedRuns.House), ($"/key?key={airline}", "Does learning help?"), ($"/key?key={house}", "Versions"),
            ($"/key?key={Uri.EscapeDataString(RecordedRuns.Support)}", "No session has a reward yet"), ($"/session?id={longest}", "Trajectory"), ($"/sessions?key={airline}", "Refund"),
            ($"/sessions?key={house}&review=approved", "approved"), ($"/review?key={Uri.EscapeDataString(RecordedRuns.Support)}", "Approve"), ($"/key/edit?key={house}", "The playbook"),
            ($"/key/experiment?key={house}", "How do the arms differ?"), ($"/compare?a={Uri.EscapeDataString(RecordedRuns.Control)}&b={house}", "mean reward"), ($"/compare?a={house}&a_arm=import.arm%3Dbase&b={house}&b_arm=import.arm%3Dreflexion", "mean reward"),
            ("/cluster", "serves this page"), ("/audit", "Audit"), ("/access", "API keys"),
        })
        {
            var answer = (await page.GotoAsync(address))!;
            Assert.True(answer.Status == 200, $"{address}: {answer.Status}");
            Assert.True((await answer.BodyAsync()).Length < MostOfPage, $"{address}: {(await answer.BodyAsync()).Length} bytes");
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 400, $"{address} is wider than the window");
            Assert.Empty((await page.RunAxe()).Violations.SelectMany(violation => violation.Nodes.Select(node => $"{address}: {violation.Id} {node.Html}")));
            if (shows != "Refund")
            {
                await Assertions.Expect(page.Locator("main")).ToContainTextAsync(shows);
            }
        }
    }

    [Fact]
    public async Task A_playbook_of_real_runs_is_changed_and_its_sessions_are_reviewed_without_JavaScript()
    {
        await using var window = await runs.Browser.WindowAsync(runs.Silo.Address, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/key?key={Uri.EscapeDataString(RecordedRuns.House)}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit…" }).ClickAsync();
        var document = page.GetByLabel("The playbook, as");
        await document.FillAsync("""{"format": "atlas.playbook.v2", "student": ["Look into every drawer before you say that nothing is there."], "teacher": null, "entries": []}""");
        await page.GetByLabel("Why?").FillAsync("from the reflections");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview" }).ClickAsync();
        await Assertions.Expect(page.Locator("td.added").First).ToContainTextAsync("Look into every drawer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as the newest version" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Look into every drawer").First).ToBeVisibleAsync();
        foreach (var (link, button, shown) in new[] { ("Stage…", "Stage", "staged by local"), ("Unstage…", "Unstage", "Stage…"), ("Freeze…", "Freeze", "Unfreeze…"), ("Unfreeze…", "Unfreeze", "Freeze…") })
        {
            await page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
            await page.GetByLabel("Why?").FillAsync("to try");
            await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
            await Assertions.Expect(page.GetByText(shown).First).ToBeVisibleAsync();
        }

        await page.GotoAsync($"/review?key={Uri.EscapeDataString(RecordedRuns.Support)}");
        foreach (var decision in (string[])["Approve", "Quarantine"])
        {
            await page.GetByLabel("Note").FillAsync("read from beginning to end");
            await page.GetByRole(AriaRole.Button, new() { Name = decision }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync(decision is "Approve" ? "is now approved" : "is now quarantined");
        }

        Assert.Equal(2L, await runs.Silo.Database.ScalarAsync<long>(
            "SELECT count(*) FROM review_decisions d JOIN sessions s ON s.id = d.session_id WHERE s.stored_learning_key = $1 AND d.reviewer = 'local'", RecordedRuns.Support));
    }

    /// <summary>The pictures of the README: made with all runs where a folder is named, and looked at in any case.</summary>
    [Fact]
    public async Task The_pictures_of_the_README_show_what_they_are_to_show()
    {
        var folder = RecordedRuns.ReadmeFolder ?? Directory.CreateTempSubdirectory("atlas-pictures").FullName;
        try
        {
            var house = Uri.EscapeDataString(RecordedRuns.House);
            var session = await runs.Silo.Database.ScalarAsync<long>(
                "SELECT max(s.id) FROM sessions s WHERE stored_learning_key = $1 AND (SELECT count(*) FROM trajectory_events e WHERE e.session_id = s.id) BETWEEN 12 AND 40", RecordedRuns.Airline);
            await using var window = await runs.Browser.WindowAsync(runs.Silo.Address, width: 1200);
            var page = await window.NewPageAsync();
            foreach (var (name, address, from, height) in new[]
            {
                ("home", "/", "", 560),
                ("key", $"/key?key={Uri.EscapeDataString(RecordedRuns.Airline)}", "#entries", 720),
                ("session", $"/session?id={session.ToString(CultureInfo.InvariantCulture)}", "#trajectory", 640),
                ("compare", $"/compare?a={Uri.EscapeDataString(RecordedRuns.Control)}&b={house}", "", 740),
            })
            {
                await page.SetViewportSizeAsync(1200, height);
                await page.GotoAsync(address);
                if (from.Length > 0)
                {
                    await page.Locator(from).EvaluateAsync("one => one.scrollIntoView()");
                }

                if (name == "session")
                {
                    await page.Locator("#trajectory ~ ol details").Nth(4).EvaluateAsync("one => one.open = true");
                }

                var path = Path.Combine(folder, $"console-{name}.png");
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
                Assert.True(new FileInfo(path).Length is > 10_000 and < 200_000, $"{path} has {new FileInfo(path).Length} bytes: it shows nothing, or too much for a README.");
            }
        }
        finally
        {
            if (RecordedRuns.ReadmeFolder is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
