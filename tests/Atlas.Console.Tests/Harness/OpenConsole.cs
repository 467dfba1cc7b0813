using Atlas.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Atlas.Pages.Tests.Harness;

/// <summary>An open console, which needs no key on this machine, with something in it to look at, and a browser.</summary>
public sealed class OpenConsole : IAsyncLifetime
{
    public const string Key = "support/refunds";
    public const string Empty = "support/empty";

    private TestDatabase _database = null!;

    public ConsoleSilo Silo { get; private set; } = null!;

    public Browser Browser { get; private set; } = null!;

    /// <summary>A session of the key that was given its playbook.</summary>
    public long Session { get; private set; }

    /// <summary>Every page, by what it shows.</summary>
    public IReadOnlyDictionary<string, string> Pages { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var browser = Browser.StartAsync();
        _database = await TestDatabase.CreateAsync();
        Silo = await ConsoleSilo.StartAsync(_database);
        await Silo.SessionAsync(Key, 0.2, "Refund order 7 with a voucher");
        await Silo.ImportAsync(Key, "Be kind.", ("read-first", "voucher", "Call read_policy before you offer a refund."), ("ask", "order", "Ask for the number of the order."));
        await Silo.ImportAsync(Key, "Be kind and quick.", ("read-first", "voucher", "Call read_policy before you offer a refund."), ("no-promise", "refund", "Promise nothing that the policy does not say."));
        for (var n = 0; n < 8; n++)
        {
            Session = await Silo.SessionAsync(
                Key, 0.3 + (n * 0.08), $"Refund order {1040 + n}; the customer speaks of a voucher", events:
                [
                    new { type = "step", payload = new { event_type = "tool", name = "read_policy", data = new { input = new { topic = "refunds" }, output = "Refunds within 30 days." } } },
                    new { type = "step", payload = new { event_type = "message", name = "student", data = new { output = "I have read the policy." } } },
                ]);
        }

        await Silo.SessionAsync(Empty, score: null);
        var running = (await Silo.ApiAsync("v1/sessions", new { task = "Runs still", learning_key = Empty })).GetProperty("session_id").GetInt64();
        Browser = await browser;
        var key = Uri.EscapeDataString(Key);
        Pages = new Dictionary<string, string>
        {
            ["home"] = "/",
            ["key"] = $"/key?key={key}",
            ["new key"] = $"/key?key={Uri.EscapeDataString(Empty)}",
            ["version"] = $"/key/version?key={key}&version=1",
            ["session"] = $"/session?id={Session}",
            ["running session"] = $"/session?id={running}",
            ["sessions"] = "/sessions",
            ["no sessions"] = "/sessions?tag=nobody",
            ["sessions of an arm"] = $"/sessions?key={key}&from=2020-01-01&to=2099-12-31&experiment=1&arm=new&drift=no",
            ["difference"] = $"/key/diff?key={key}&from=1&to=2",
            ["roll back"] = $"/key/change?key={key}&do=rollback&version=1",
            ["edit"] = $"/key/edit?key={key}",
            ["review"] = $"/review?id={Session}",
            ["nothing to review"] = "/review?key=nobody",
            ["experiment"] = $"/key/experiment?key={key}",
            ["withdraw"] = $"/key/change?key={key}&do=withdraw&entry=no-promise",
            ["cluster"] = "/cluster",
            ["no failures"] = "/cluster?stage=review",
            ["compare"] = $"/compare?a={key}&a_version=0&b={key}&b_version=2",
            ["nothing to compare"] = "/compare",
            ["access"] = "/access",
            ["audit"] = "/audit",
            ["sign in"] = "/signin",
            ["refusal"] = "/session?id=999999",
        };
    }

    public async Task<IPage> OpenAsync(string address, int width = 1400, bool dark = false, bool script = true)
    {
        var window = await Browser.WindowAsync(Silo.Address, width, dark, script);
        var page = await window.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Silo.DisposeAsync();
        await _database.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class OpenConsoleCollection : ICollectionFixture<OpenConsole>
{
    public const string Name = "open console";
}
