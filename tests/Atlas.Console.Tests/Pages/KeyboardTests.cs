using Atlas.Pages.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Atlas.Pages.Tests.Pages;

[Collection(OpenConsoleCollection.Name)]
public sealed class KeyboardTests(OpenConsole console)
{
    // What a page offers; of a group of radio buttons one, since the arrows lead to the others.
    private const string Look = """
        () => {
          const seen = window.seen = new Set();
          const groups = new Set();
          window.wanted = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(one => {
            if (!one.checkVisibility({ visibilityProperty: true })) return false;
            if (one.type !== "radio") return true;
            return one.checked;
          });
          document.addEventListener("focusin", event => seen.add(event.target));
          document.activeElement?.blur();
          return window.wanted.length;
        }
        """;

    private const string Missing = "() => window.wanted.filter(one => !window.seen.has(one)).map(one => one.outerHTML.slice(0, 120))";

    [Fact]
    public async Task Tab_alone_leads_to_everything_that_a_page_offers()
    {
        await using var window = await console.Browser.WindowAsync(console.Silo.Address);
        var page = await window.NewPageAsync();
        foreach (var (name, address) in console.Pages)
        {
            await page.GotoAsync(address);
            var wanted = await page.EvaluateAsync<int>(Look);
            Assert.True(wanted > 0, name);
            string[] missing = [];

            // Dates have several places each, and texts that scroll have one.
            for (var pressed = 0; pressed < (4 * wanted) + 40; pressed++)
            {
                await page.Keyboard.PressAsync("Tab");
                if (pressed % 10 == 9 && (missing = await page.EvaluateAsync<string[]>(Missing)).Length == 0)
                {
                    break;
                }
            }

            Assert.True(missing.Length == 0, $"{name}: {string.Join('\n', missing)}");
        }
    }

    [Fact]
    public async Task The_first_thing_that_Tab_leads_to_skips_what_all_pages_have()
    {
        await using var window = await console.Browser.WindowAsync(console.Silo.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync(console.Pages["key"]);
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#main")).ToBeFocusedAsync();
    }
}
