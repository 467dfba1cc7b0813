using System.Globalization;
using Atlas.Learning.Options;
using Atlas.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Atlas.Benchmarks.Silo;

/// <summary>A silo as in production, within this process.</summary>
internal sealed class BenchmarkSilo : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BenchmarkSilo(WebApplication app) => _app = app;

    /// <summary>For measurements beside which no synthesis may run: sessions are counted and teach nothing.</summary>
    public static Action<IServiceCollection> WithoutTeaching { get; } = services => services.AddSingleton(new LearningRules(
        new LearningOptions { UpdateEnabled = false }, new RuntimeSafetyOptions { Drift = new DriftOptions { Enabled = false } }));

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    /// <param name="databaseUrl">A database that is up to date.</param>
    /// <param name="name">The silo's name.</param>
    /// <param name="settings">More of them, as <c>--Section:Key=value</c>.</param>
    public static Task<BenchmarkSilo> StartAsync(string databaseUrl, string name, params string[] settings) =>
        StartAsync(databaseUrl, name, replace: null, settings);

    /// <inheritdoc cref="StartAsync(string, string, string[])"/>
    /// <param name="databaseUrl">A database that is up to date.</param>
    /// <param name="name">The silo's name.</param>
    /// <param name="replace">Registers services in place of the usual ones.</param>
    /// <param name="settings">More settings.</param>
    public static async Task<BenchmarkSilo> StartAsync(
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
            .. settings,
            "--Logging:LogLevel:Default=Error",
            "--Logging:LogLevel:Orleans=Error",
            "--Logging:LogLevel:Microsoft.AspNetCore=Error",
            "--Logging:Console:LogToStandardErrorThreshold=Trace",
        ]);
        replace?.Invoke(builder.Services);
        builder.AddAtlasSilo();
        var app = builder.Build();
        app.MapAtlas();
        await app.StartAsync();
        return new BenchmarkSilo(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
