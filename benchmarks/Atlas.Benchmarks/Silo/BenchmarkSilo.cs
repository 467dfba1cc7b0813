using System.Globalization;
using Atlas.Silo.Hosting;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Atlas.Benchmarks.Silo;

/// <summary>A silo as in production, within this process.</summary>
internal sealed class BenchmarkSilo : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BenchmarkSilo(WebApplication app) => _app = app;

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    /// <param name="databaseUrl">A database that is up to date.</param>
    /// <param name="name">The silo's name.</param>
    /// <param name="settings">More of them, as <c>--Section:Key=value</c>.</param>
    public static async Task<BenchmarkSilo> StartAsync(string databaseUrl, string name, params string[] settings)
    {
        var ports = FreePorts.Find(3);
        var app = SiloApplication.Build(
        [
            $"--ATLAS_DATABASE_URL={databaseUrl}",
            $"--Atlas:Silo:Name={name}",
            string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:Port={ports[0]}"),
            string.Create(CultureInfo.InvariantCulture, $"--Atlas:Silo:GatewayPort={ports[1]}"),
            string.Create(CultureInfo.InvariantCulture, $"--Atlas:Http:Port={ports[2]}"),
            .. settings,
            "--Logging:LogLevel:Default=Error",
            "--Logging:LogLevel:Orleans=Error",
            "--Logging:LogLevel:Microsoft.AspNetCore=Error",
            "--Logging:Console:LogToStandardErrorThreshold=Trace",
        ]);
        await app.StartAsync();
        return new BenchmarkSilo(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
