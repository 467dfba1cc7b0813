using Atlas.Pages.Tests.Harness;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

[Collection(OpenConsoleCollection.Name)]
public sealed class AppearanceTests(OpenConsole console)
{
    // Set to a folder, the tests leave a picture of each page there, to look at.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("ATLAS_CONSOLE_PICTURES");

    // The other rules look at what does not change with the colours.
    private static readonly AxeRunOptions OnlyColours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] } };

    [Theory]
    [InlineData(400, false)]
    [InlineData(400, true)]
    [InlineData(1400, false)]
    [InlineData(1400, true)]
    public async Task Every_page_can_be_used_by_everybody_and_fits_the_window(int width, bool dark)
    {
        var window = await console.Browser.WindowAsync(console.Silo.Address, width, dark);
        await using var closing = window;
        var page = await window.NewPageAsync();
        var faults = new List<string>();
        foreach (var (name, address) in console.Pages)
        {
            await page.GotoAsync(address);
            faults.AddRange((await page.RunAxe(dark ? OnlyColours : null)).Violations.SelectMany(violation => violation.Nodes.Select(node => $"{name}: {violation.Id} {node.Html}")));
            var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (wide > width)
            {
                faults.Add($"{name}: {wide} wide");
            }

            await KeepAsync(page, $"{name}-{width}{(dark ? "-dark" : "")}");
        }

        Assert.Empty(faults);
    }

    /// <summary>Leaves a picture of a page where somebody wants to look at it.</summary>
    internal static async Task KeepAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Path = Path.Combine(Pictures, $"{name.Replace(' ', '-')}.png") });
        }
    }
}
