using Atlas.Testing;
using Microsoft.Playwright;

namespace Atlas.Pages.Tests.Harness;

/// <summary>Debian's Chromium, one for all tests.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browser> StartAsync()
    {
        await DebianPackage.DemandAsync("chromium", Program, "--version");
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }

    /// <summary>A browser's window with cookies of its own.</summary>
    public Task<IBrowserContext> WindowAsync(Uri address, int width = 1400, bool dark = false, bool script = true, int height = 900) => _browser.NewContextAsync(new BrowserNewContextOptions
    {
        BaseURL = address.AbsoluteUri,
        ViewportSize = new ViewportSize { Width = width, Height = height },
        ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
        JavaScriptEnabled = script,
        ReducedMotion = ReducedMotion.Reduce,
    });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
