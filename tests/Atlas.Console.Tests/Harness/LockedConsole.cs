using Atlas.Testing;
using Xunit;

namespace Atlas.Pages.Tests.Harness;

/// <summary>A console of a cluster with API keys.</summary>
public sealed class LockedConsole : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public ConsoleSilo Silo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        Silo = await ConsoleSilo.StartAsync(_database);
        await Silo.CreateKeyAsync("first", "", "admin");
    }

    /// <summary>Opens a page as a browser with these cookies would, and takes the cookies of the answer.</summary>
    public async Task<HttpResponseMessage> SendAsync(Dictionary<string, string> cookies, string path, Dictionary<string, string>? form = null)
    {
        using var request = new HttpRequestMessage(form is null ? HttpMethod.Get : HttpMethod.Post, path);
        if (form is not null)
        {
            var page = await (await SendAsync(cookies, "/signin")).Content.ReadAsStringAsync();
            var token = System.Text.RegularExpressions.Regex.Match(page, "name=\"token\" value=\"(\\w+)\"").Groups[1].Value;
            request.Content = new FormUrlEncodedContent(form.Append(new("token", token)));
        }

        if (cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var response = await Silo.Client.SendAsync(request);
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var parts = cookie.Split(';')[0].Split('=', 2);
            cookies[parts[0]] = parts[1];
        }

        return response;
    }

    /// <summary>The cookies of somebody who signed in.</summary>
    public async Task<Dictionary<string, string>> SignInAsync(string key)
    {
        var cookies = new Dictionary<string, string>();
        using var response = await SendAsync(cookies, "/signin", new() { ["api_key"] = key, ["next"] = "/" });
        Assert.Equal(303, (int)response.StatusCode);
        return cookies;
    }

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        await _database.DisposeAsync();
    }
}
