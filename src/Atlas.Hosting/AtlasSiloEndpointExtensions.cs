using Atlas.Hosting.Dashboard;
using Atlas.Hosting.Health;
using Atlas.Hosting.Home;
using Atlas.Hosting.Settings;
using Atlas.Hosting.Silo;
using Atlas.Hosting.Telemetry;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the HTTP endpoints of a silo.</summary>
public static class AtlasSiloEndpointExtensions
{
    /// <summary>Maps all endpoints: the console at <c>/</c>, <c>/alive</c>, <c>/health</c>, <c>/metrics</c>, the dashboard at
    /// <c>/orleans</c>, the API at <c>/v1</c> with its description at <c>/openapi/v1.json</c> and a page to try it at <c>/scalar</c>, and
    /// the learning proxy at <c>/proxy</c>.</summary>
    /// <param name="app">An application with <c>AddAtlasSilo</c>.</param>
    /// <exception cref="InvalidOperationException">The application is not a silo.</exception>
    public static WebApplication MapAtlas(this WebApplication app)
    {
        app.MapAtlasHealth().MapAtlasMetrics().MapAtlasDashboard().MapAtlasHome();
        app.MapAtlasApi();
        app.MapAtlasProxy();
        app.MapAtlasConsole();
        return app;
    }

    /// <summary>Maps <c>/alive</c>, which answers while the process runs, and <c>/health</c>, which returns 503 if the silo cannot do its
    /// work.</summary>
    /// <inheritdoc cref="MapAtlas"/>
    public static WebApplication MapAtlasHealth(this WebApplication app)
    {
        app.DemandSilo();
        HealthEndpoints.Map(app);
        return app;
    }

    /// <summary>Maps <c>/metrics</c> for Prometheus, open to this machine and to callers with the key of <c>Atlas:Http:DashboardKey</c>.</summary>
    /// <inheritdoc cref="MapAtlas"/>
    public static WebApplication MapAtlasMetrics(this WebApplication app)
    {
        app.DemandSilo();
        DashboardAccess.Guard(app, SiloTelemetry.MetricsPath);
        app.MapPrometheusScrapingEndpoint(SiloTelemetry.MetricsPath);
        return app;
    }

    /// <summary>Maps the Orleans dashboard at <c>/orleans</c>, open to this machine and to callers with the key of
    /// <c>Atlas:Http:DashboardKey</c>.</summary>
    /// <inheritdoc cref="MapAtlas"/>
    public static WebApplication MapAtlasDashboard(this WebApplication app)
    {
        app.DemandSilo();
        DashboardAccess.Guard(app, DashboardEndpoints.Path);
        DashboardEndpoints.Map(app);
        return app;
    }

    /// <summary>Maps the start page at <c>/</c>, for a silo without a console and for callers that do not accept HTML. It says what the
    /// server is and lists the other endpoints.</summary>
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
                "This application is not an Atlas silo. Call builder.AddAtlasSilo() before builder.Build().");
        }
    }
}
