using System.Net;
using Atlas.Pages.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

[Collection(OpenConsoleCollection.Name)]
public sealed class HostileTests(OpenConsole console)
{
    private const string Hostile = "<script>window.owned=1</script><img src=x onerror=\"window.owned=2\"><svg onload=window.owned=3>\u202e\u200b\u001b[31m=HYPERLINK(\"http://x\")&lt;b&gt;'\"--></textarea></style>";

    [Fact]
    public async Task Whatever_a_session_or_an_entry_says_is_shown_and_never_obeyed()
    {
        // A key has no control characters; everything else it may have.
        var key = $"{Hostile.Replace("\u001b", "", StringComparison.Ordinal)}/..";
        await console.Silo.SessionAsync(key, 0.4, Hostile, Hostile);
        await console.Silo.ImportAsync(key, Hostile, (Hostile, Hostile, Hostile));
        var session = await console.Silo.SessionAsync(key, 0.6, Hostile, Hostile, events:
        [
            new { type = Hostile, payload = new { event_type = Hostile, name = Hostile, data = new Dictionary<string, object> { [Hostile] = Hostile, ["output"] = Hostile } } },
        ]);
        await console.Silo.Database.ExecuteAsync(
            "INSERT INTO session_faults (session_id, stage, learning_key, fault) VALUES ($1, 'completion', $2, $3)", session, key, Hostile.Replace("\u001b", "", StringComparison.Ordinal));
        var named = Uri.EscapeDataString(key);
        var entry = Uri.EscapeDataString(Hostile.Replace("\u001b", "", StringComparison.Ordinal));
        await using var window = await console.Browser.WindowAsync(console.Silo.Address);
        var page = await window.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.Dialog += (_, dialog) => complaints.Add(dialog.Message);
        foreach (var address in new[]
        {
            "/", $"/?find={named}", $"/key?key={named}", $"/key/version?key={named}&version=1", $"/key/diff?key={named}&from=0&to=1", $"/key/edit?key={named}",
            $"/key/change?key={named}&do=rollback&version=0", $"/key/change?key={named}&do=withdraw&entry={entry}", $"/key/experiment?key={named}",
            "/cluster", $"/cluster?key={named}", $"/compare?a={named}&a_version=0&b={named}&b_arm={entry}", $"/audit?subject={named}", $"/sessions?key={named}&entry={entry}&withheld={entry}", $"/session?id={session}", $"/sessions?key={named}", $"/review?id={session}", $"/sessions?tag={named}",
            $"/key?key={Uri.EscapeDataString("unknown " + Hostile)}",
        })
        {
            var answer = (await page.GotoAsync(address))!;
            var text = await answer.TextAsync();

            Assert.DoesNotContain("<script>window", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<svg onload", text, StringComparison.Ordinal);
            Assert.DoesNotContain(text, character => character is '\u202e' or '\u200b' or '\u001b');
            Assert.False(await page.EvaluateAsync<bool>("'owned' in window"), address);
            if (answer.Status == (int)HttpStatusCode.OK)
            {
                Assert.Contains("\\u202e", WebUtility.HtmlDecode(text), StringComparison.Ordinal);
            }
        }

        Assert.DoesNotContain(complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_key_of_any_characters_leads_from_page_to_page_unchanged()
    {
        var key = $"a/../b%2F?&=#\u200b+ {Guid.NewGuid():N}";
        await console.Silo.SessionAsync(key, 0.4);
        await using var window = await console.Browser.WindowAsync(console.Silo.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/key?key={Uri.EscapeDataString(key)}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Stage…" }).ClickAsync();
        await page.GetByLabel("Why?").FillAsync("because");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stage" }).ClickAsync();

        await Assertions.Expect(page.GetByText("staged by local")).ToBeVisibleAsync();
        Assert.Equal(1L, await console.Silo.Database.ScalarAsync<long>("SELECT count(*) FROM learning_journal WHERE learning_key = $1 AND event_type = 'key_staged'", key));
    }
}
