using Atlas.Learning.Options;
using Atlas.Testing;
using Xunit;

namespace Atlas.Pages.Tests.Harness;

/// <summary>An open console of a cluster that tries what it has learned, and a browser.</summary>
public sealed class TryingConsole : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public ConsoleSilo Silo { get; private set; } = null!;

    public Browser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var browser = Browser.StartAsync();
        _database = await TestDatabase.CreateAsync();
        Silo = await ConsoleSilo.StartAsync(_database, learning: new LearningOptions());
        Browser = await browser;
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await Silo.DisposeAsync();
        await _database.DisposeAsync();
    }
}
