using System.Net;
using Atlas.Pages.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

[Collection(OpenConsoleCollection.Name)]
public sealed class ActionTests(OpenConsole console)
{
    [Fact]
    public async Task Without_JavaScript_a_playbook_is_edited_rolled_back_pinned_and_frozen()
    {
        var key = $"actions/{Guid.NewGuid():N}";
        await console.Silo.SessionAsync(key);
        await console.Silo.ImportAsync(key, "First words.");
        await using var window = await console.Browser.WindowAsync(console.Silo.Address, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/key?key={Uri.EscapeDataString(key)}");

        await Go(page, "Edit…");
        var document = page.GetByLabel("The playbook");
        await document.FillAsync((await document.InputValueAsync()).Replace("First words.", "Second words.", StringComparison.Ordinal));
        await page.GetByLabel("Why?").FillAsync("say it better");
        await Press(page, "Preview");
        await Assertions.Expect(page.Locator("td.added")).ToContainTextAsync("Second words.");
        await Assertions.Expect(page.GetByText("Prompt caches keep the first")).ToBeVisibleAsync();
        await Press(page, "Save as the newest version");
        await Assertions.Expect(page.Locator("pre.said").First).ToContainTextAsync("Second words.");

        await Go(page, "roll back… to version 1");
        await Assertions.Expect(page.GetByText($"atlas playbook rollback {key} 1 --reason TEXT")).ToBeVisibleAsync();
        await Confirm(page, "Roll back to version 1");
        await Assertions.Expect(page.Locator("pre.said").First).ToContainTextAsync("First words.");
        await Go(page, "Pin…");
        await Confirm(page, "Pin version 3");
        await Assertions.Expect(page.GetByText("pinned to version 3 by local")).ToBeVisibleAsync();
        await Go(page, "Unpin…");
        await Confirm(page, "Unpin");
        await Go(page, "Freeze…");
        await Confirm(page, "Freeze");
        await Assertions.Expect(page.GetByText("frozen", new() { Exact = true }).First).ToBeVisibleAsync();

        await Go(page, "Edit…");
        await document.FillAsync("{");
        await page.GetByLabel("Why?").FillAsync("nothing");
        await Press(page, "Preview");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Equal(
            5L,
            await console.Silo.Database.ScalarAsync<long>("SELECT count(*) FROM audit_log WHERE door = 'console' AND subject = $1 AND status = 303 AND before IS NOT NULL", key));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_changes_a_key_once_and_one_on_another_version_not_at_all()
    {
        var key = $"twice/{Guid.NewGuid():N}";
        await console.Silo.SessionAsync(key);
        await console.Silo.ImportAsync(key, "One.");
        await console.Silo.ImportAsync(key, "Two.");
        var (cookie, fields) = await FormAsync($"/key/change?key={Uri.EscapeDataString(key)}&do=rollback&version=1");
        fields["reason"] = "twice";
        var target = $"/key/rollback?key={Uri.EscapeDataString(key)}";

        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(target, cookie, fields));
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(target, cookie, fields));
        Assert.Equal(3, await console.Silo.Database.ScalarAsync<int>("SELECT max(version) FROM playbook_versions WHERE learning_key = $1", key));

        fields["operation"] = "another";
        Assert.Equal(HttpStatusCode.PreconditionFailed, await PostAsync(target, cookie, fields));
    }

    [Theory]
    [InlineData("token", "", null, null)]
    [InlineData("token", "0123", null, null)]
    [InlineData(null, null, "https://elsewhere.example", null)]
    [InlineData(null, null, null, "cross-site")]
    public async Task A_form_of_another_site_is_refused(string? field, string? value, string? origin, string? site)
    {
        var key = $"forged/{Guid.NewGuid():N}";
        await console.Silo.SessionAsync(key);
        var (cookie, fields) = await FormAsync($"/key/change?key={Uri.EscapeDataString(key)}&do=freeze");
        fields["reason"] = "mischief";
        if (field is not null)
        {
            fields[field] = value!;
        }

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync($"/key/freeze?key={Uri.EscapeDataString(key)}", cookie, fields, origin, site));
        Assert.Equal(0L, await console.Silo.Database.ScalarAsync<long>("SELECT count(*) FROM learning_journal WHERE learning_key = $1 AND event_type = 'key_frozen'", key));
    }

    private async Task<(string Cookie, Dictionary<string, string> Fields)> FormAsync(string path)
    {
        using var response = await console.Silo.Client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        var fields = System.Text.RegularExpressions.Regex.Matches(text, "<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"")
            .DistinctBy(match => match.Groups[1].Value).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        return (response.Headers.GetValues("Set-Cookie").Single().Split(';')[0], fields);
    }

    private async Task<HttpStatusCode> PostAsync(string path, string cookie, Dictionary<string, string> fields, string? origin = null, string? site = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Cookie", cookie);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        using var response = await console.Silo.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static Task Go(IPage page, string link) => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task Confirm(IPage page, string button)
    {
        await page.GetByLabel("Why?").FillAsync("for a test");
        await Press(page, button);
    }
}
