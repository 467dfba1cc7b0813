using Atlas.Pages.Tests.Harness;
using Atlas.Storage.Access;
using Atlas.Testing;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

public sealed class AccessTests(LockedConsole console) : IClassFixture<LockedConsole>
{
    [Fact]
    public async Task Nobody_comes_in_without_a_key_and_a_wrong_one_is_told_so()
    {
        using var page = await console.SendAsync([], "/key?key=a%2Fb");
        Assert.Equal(302, (int)page.StatusCode);
        Assert.Equal("/signin?next=%2Fkey%3Fkey%3Da%252Fb", page.Headers.Location!.OriginalString);

        var cookies = new Dictionary<string, string>();
        using var refused = await console.SendAsync(cookies, "/signin", new() { ["api_key"] = "atlas_nothing" });
        Assert.Equal(401, (int)refused.StatusCode);
        Assert.Contains("There is no such API key", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("atlas_console", cookies.Keys);
    }

    [Fact]
    public async Task A_cookie_is_strict_hidden_from_scripts_and_ends_with_signing_out_or_with_its_key()
    {
        var (key, record) = await console.Silo.CreateKeyAsync($"reader-{Guid.NewGuid():N}", "", "read");
        var cookies = new Dictionary<string, string>();
        using var entered = await console.SendAsync(cookies, "/signin", new() { ["api_key"] = key, ["next"] = "//elsewhere.example" });
        var set = entered.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("atlas_console=", StringComparison.Ordinal));
        Assert.Contains("samesite=strict", set, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", set, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("/", entered.Headers.Location!.OriginalString);
        Assert.Equal(0L, await console.Silo.Database.ScalarAsync<long>("SELECT count(*) FROM orleans.console_credential WHERE encode(sha256, 'hex') = $1", cookies["atlas_console"]));

        Assert.Equal(200, await StatusAsync(cookies, "/"));
        Assert.Equal(403, await StatusAsync(cookies, "/review"));
        var copied = new Dictionary<string, string>(cookies);
        using (var left = await console.SendAsync(cookies, "/signout", []))
        {
            Assert.Equal(303, (int)left.StatusCode);
        }

        Assert.Equal(302, await StatusAsync(copied, "/"));
        cookies = await console.SignInAsync(key);
        await console.Silo.Keys.RevokeAsync(record.Id, "test");
        await Eventually.TrueAsync(async () => await StatusAsync(cookies, "/") == 302, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_one_time_address_lets_one_in_once()
    {
        var secret = await new ConsoleCredentials(console.Silo.Database.DataSource).NewAddressAsync("ann");
        var cookies = new Dictionary<string, string>();
        using var entered = await console.SendAsync(cookies, $"{ConsoleCredentials.AddressPath}{secret}&next=%2Fsessions");
        Assert.Equal("/sessions", entered.Headers.Location!.OriginalString);
        Assert.Contains(">ann<", await (await console.SendAsync(cookies, "/")).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var again = await console.SendAsync([], $"{ConsoleCredentials.AddressPath}{secret}");
        Assert.Equal(401, (int)again.StatusCode);
        Assert.True(await console.Silo.Database.ScalarAsync<long>("SELECT count(*) FROM audit_log WHERE action = 'SignIn' AND actor = 'ann' AND door = 'console'") == 1);
    }

    [Fact]
    public async Task A_tenant_sees_nothing_of_another_on_any_page()
    {
        var secret = $"s3cret{Guid.NewGuid():N}";
        var (ours, _) = await console.Silo.CreateKeyAsync($"ours-{secret[..12]}", "acme", "admin");
        var (theirs, _) = await console.Silo.CreateKeyAsync($"theirs-{secret[..12]}", "globex", "admin");
        var session = await console.Silo.SessionAsync($"plans/{secret}", 0.5, $"task of {secret}", apiKey: ours);
        var (owner, stranger) = (await console.SignInAsync(ours), await console.SignInAsync(theirs));
        var key = Uri.EscapeDataString($"plans/{secret}");
        foreach (var path in new[]
        {
            "/", "/?find=s3cret", $"/key?key={key}", $"/key?key={Uri.EscapeDataString("tenant:acme/")}{key}", $"/key/version?key={key}&version=1", $"/key/diff?key={key}",
            $"/key/change?key={key}&do=freeze", $"/key/edit?key={key}", $"/session?id={session}", "/sessions", $"/sessions?key={key}", "/review", $"/review?id={session}",
            $"/console/live/session?id={session}",
        })
        {
            var text = (await (await console.SendAsync(stranger, path)).Content.ReadAsStringAsync()).Replace($"plans/{secret}", "", StringComparison.Ordinal);
            Assert.False(text.Contains($"task of {secret}", StringComparison.Ordinal) || text.Contains($">{secret}", StringComparison.Ordinal) || text.Contains("acme", StringComparison.Ordinal) && !path.Contains("acme", StringComparison.Ordinal), $"{path}: {text}");
        }

        Assert.Equal(404, await StatusAsync(stranger, $"/session?id={session}"));
        Assert.Contains($"task of {secret}", await (await console.SendAsync(owner, "/sessions")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains($">plans/{secret}<", await (await console.SendAsync(owner, "/")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<int> StatusAsync(Dictionary<string, string> cookies, string path) => (int)(await console.SendAsync(cookies, path)).StatusCode;
}
