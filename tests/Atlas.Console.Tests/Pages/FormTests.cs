using System.Net;
using System.Text.RegularExpressions;
using Atlas.Pages.Tests.Harness;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

/// <summary>Forms behind a load balancer, and forms that are no longer current.</summary>
[Collection(OpenConsoleCollection.Name)]
public sealed class FormTests(OpenConsole console)
{
    [Theory]
    [InlineData("https", null, 303)]
    [InlineData("https", "same-origin", 303)]
    [InlineData("https://console.example", "same-origin", 303)]
    [InlineData("https://elsewhere.example", null, 403)]
    [InlineData("null", null, 403)]
    [InlineData("https", "same-site", 403)]
    public async Task A_form_comes_from_this_host_whoever_terminates_TLS(string origin, string? site, int status)
    {
        var key = $"balanced/{Guid.NewGuid():N}";
        await console.Silo.SessionAsync(key);
        var (cookie, fields) = await FormAsync($"/key/change?key={Uri.EscapeDataString(key)}&do=freeze");
        fields["reason"] = "balanced";
        (string, string)[] headers = [("Origin", origin == "https" ? $"https://{console.Silo.Address.Authority}" : origin), .. site is null ? [] : new[] { ("Sec-Fetch-Site", site) }];
        using var answer = await PostAsync($"/key/freeze?key={Uri.EscapeDataString(key)}", cookie, fields, headers);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("https, http", true)]
    [InlineData("http", false)]
    [InlineData("", false)]
    public async Task A_cookie_is_for_TLS_only_if_the_browser_uses_it(string scheme, bool isSecure)
    {
        var (cookie, _) = await FormAsync("/signin", ("X-Forwarded-Proto", scheme));
        Assert.Equal(isSecure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_edit_of_a_version_that_was_replaced_is_shown_as_such_and_cannot_be_saved()
    {
        var key = $"stale/{Guid.NewGuid():N}";
        await console.Silo.SessionAsync(key);
        await console.Silo.ImportAsync(key, "One.");
        var path = $"/key/edit?key={Uri.EscapeDataString(key)}";
        var (cookie, fields) = await FormAsync(path);
        (fields["reason"], fields["document"]) = ("an edit", """{"format":"atlas.playbook.v2","student":["Mine."],"teacher":null,"entries":[]}""");
        using (var current = await PostAsync(path, cookie, fields))
        {
            Assert.Contains("Save as the newest version", await current.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await console.Silo.ImportAsync(key, "Two.");
        using var stale = await PostAsync(path, cookie, fields);
        var text = await stale.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stale.StatusCode);
        Assert.Contains("Version 2 has replaced version 1 in the meantime", text, StringComparison.Ordinal);
        Assert.Contains("Mine.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Save as the newest version", text, StringComparison.Ordinal);
        Assert.Contains("name=\"seen\" value=\"1\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_that_is_sent_twice_is_made_once_and_refused_to_nobody()
    {
        var key = $"clicked/{Guid.NewGuid():N}";
        var session = await console.Silo.SessionAsync(key);
        var (cookie, fields) = await FormAsync($"/review?id={session}&key={Uri.EscapeDataString(key)}");
        (fields["decision"], fields["note"]) = ("approved", "");
        foreach (var _ in new[] { 1, 2 })
        {
            using var answer = await PostAsync($"/review?key={Uri.EscapeDataString(key)}", cookie, fields);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.Contains($"done={session}&as=approved", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }

        Assert.Equal(1L, await console.Silo.Database.ScalarAsync<long>("SELECT count(*) FROM review_decisions WHERE session_id = $1", session));
        fields["decision"] = "quarantined";
        using var other = await PostAsync($"/review?key={Uri.EscapeDataString(key)}", cookie, fields);
        Assert.Contains("is now approved", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<(string Cookie, Dictionary<string, string> Fields)> FormAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await console.Silo.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var fields = Regex.Matches(text, "<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"")
            .DistinctBy(match => match.Groups[1].Value).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        return (response.Headers.GetValues("Set-Cookie").Single(), fields);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string cookie, Dictionary<string, string> fields, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await console.Silo.Client.SendAsync(request);
    }
}
