using System.Globalization;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Atlas.Grains.Tests.Cluster;

/// <summary>The whole application within this process, from its settings to its pages. Tests of grains alone use a <c>TestCluster</c>.</summary>
internal sealed class RunningSilo : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RunningSilo(WebApplication app, int httpPort)
    {
        _app = app;
        Http = new Uri($"http://127.0.0.1:{httpPort.ToString(CultureInfo.InvariantCulture)}/");
    }

    public Uri Http { get; }

    public IServiceProvider Services => _app.Services;

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public static async Task<RunningSilo> StartAsync(
        string databaseUrl, string name, Action<IServiceCollection>? replace, params string[] settings)
    {
        var ports = FreePorts.Find(3);
        var builder = WebApplication.CreateBuilder(
            [
                $"--ATLAS_DATABASE_URL={databaseUrl}",
                $"--Atlas:Silo:Name={name}",
                string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:Port={ports[0]}"),
                string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:GatewayPort={ports[1]}"),
                string.Create(CultureInfo.InvariantCulture, $"--Atlas:Http:Port={ports[2]}"),

                // What goes wrong in silos of tests goes wrong on purpose, and a test tells it by what it asserts.
                "--Logging:LogLevel:Default=None",
                "--Logging:LogLevel:Orleans=None",
                "--Logging:LogLevel:Microsoft.AspNetCore=None",
                .. settings,
            ]);
        replace?.Invoke(builder.Services);
        builder.AddAtlasSilo();
        var app = builder.Build();
        app.MapAtlas();
        await app.StartAsync();
        return new RunningSilo(app, ports[2]);
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
