using Atlas.Hosting.Dashboard;
using Atlas.Hosting.Health;
using Atlas.Hosting.Home;
using Atlas.Hosting.Settings;
using Atlas.Hosting.Silo;
using Atlas.Hosting.Telemetry;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>The pages of a silo.</summary>
public static class AtlasSiloEndpointExtensions
{
    /// <summary>All of them: the console at <c>/</c>, <c>/alive</c>, <c>/health</c>, <c>/metrics</c>, the dashboard at <c>/orleans</c>, and the API: <c>/v1</c>,
    /// its description at <c>/openapi/v1.json</c>, and a page to try it at <c>/scalar</c>; and the learning proxy at <c>/proxy</c>.</summary>
    /// <param name="app">An application with <c>AddAtlasSilo</c>.</param>
    /// <exception cref="InvalidOperationException">The application is no silo.</exception>
    public static WebApplication MapAtlas(this WebApplication app)
    {
        app.MapAtlasHealth().MapAtlasMetrics().MapAtlasDashboard().MapAtlasHome();
        app.MapAtlasApi();
        app.MapAtlasProxy();
        app.MapAtlasConsole();
        return app;
    }

    /// <summary><c>/alive</c>: the process answers. <c>/health</c>: it can do its work; 503 if it cannot.</summary>
    /// <inheritdoc cref="MapAtlas"/>
    public static WebApplication MapAtlasHealth(this WebApplication app)
    {
        app.DemandSilo();
        HealthEndpoints.Map(app);
        return app;
    }

    /// <summary><c>/metrics</c> for Prometheus, on this machine or with the key of <c>Atlas:Http:DashboardKey</c>.</summary>
    /// <inheritdoc cref="MapAtlas"/>
    public static WebApplication MapAtlasMetrics(this WebApplication app)
    {
        app.DemandSilo();
        DashboardAccess.Guard(app, SiloTelemetry.MetricsPath);
        app.MapPrometheusScrapingEndpoint(SiloTelemetry.MetricsPath);
        return app;
    }

    /// <summary>Orleans' dashboard at <c>/orleans</c>, on this machine or with the key of <c>Atlas:Http:DashboardKey</c>.</summary>
    /// <inheritdoc cref="MapAtlas"/>
    public static WebApplication MapAtlasDashboard(this WebApplication app)
    {
        app.DemandSilo();
        DashboardAccess.Guard(app, DashboardEndpoints.Path);
        DashboardEndpoints.Map(app);
        return app;
    }

    /// <summary><c>/</c> without a console, or for who reads no HTML: what this is, and where the other pages are.</summary>
    /// <inheritdoc cref="MapAtlas"/>
    public static WebApplication MapAtlasHome(this WebApplication app)
    {
        app.DemandSilo();
        FrontPage.Map(app, app.Services.GetRequiredService<IOptions<SiloSettings>>().Value.Name);
        return app;
    }

    private static void DemandSilo(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        if (!app.Services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(SiloStartup)))
        {
            throw new InvalidOperationException(
                "This application is no silo of Atlas. Call builder.AddAtlasSilo() before builder.Build().");
        }
    }
}
