using Atlas.Client;
using Atlas.Configuration.Proxying;
using Atlas.Contracts.Playbooks;
using Atlas.Http;
using Atlas.Http.Sessions;
using Atlas.Learning.Options;
using Atlas.Proxy.Budgets;
using Atlas.Proxy.Forwarding;
using Atlas.Proxy.Outcomes;
using Atlas.Proxy.Recording;
using Atlas.Proxy.Routing;
using Atlas.Proxy.Sessions;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the learning proxy of Atlas to an application.</summary>
public static class AtlasProxyServices
{
    /// <summary>Adds what <c>app.MapAtlasProxy()</c> needs, including the API's gatekeeper. The application provides the cluster: it is a
    /// silo, or has <c>builder.AddAtlasClient()</c> with a database.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="options">Upstreams, timeouts and sessions; null for the defaults.</param>
    /// <param name="tracking">Options for counting cues and adoptions; null for the defaults.</param>
    public static IServiceCollection AddAtlasProxy(this IServiceCollection services, ProxyOptions? options = null, UsageTrackingOptions? tracking = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(BackendOf);
        services.TryAddSingleton(DatabaseOf);
        services.AddAtlasHttp();
        services.AddHttpForwarder();
        services.TryAddSingleton(options ?? new ProxyOptions());
        services.TryAddSingleton(tracking ?? new UsageTrackingOptions());
        services.TryAddSingleton<Upstreams>();
        services.TryAddSingleton<UpstreamClient>();
        services.TryAddSingleton<Outage>();
        services.TryAddSingleton<CallBudget>();
        services.TryAddSingleton<OutageMemory>();
        services.TryAddSingleton<OutcomeWebhook>();
        services.TryAddSingleton<SessionEnding>();
        services.TryAddSingleton<SessionOpener>();
        services.TryAddSingleton<SessionClues>();
        services.TryAddSingleton<LiveSessions>();
        services.TryAddSingleton<SessionRegistry>();
        services.TryAddSingleton<CallRecorder>();
        services.TryAddSingleton<ProxyDoor>();
        if (!services.Any(service => service.ImplementationType == typeof(SessionSweep)))
        {
            services.AddSingleton<IOpenRecords>(provider => provider.GetRequiredService<LiveSessions>());
            services.AddHostedService(provider => provider.GetRequiredService<CallRecorder>());
            services.AddHostedService<SessionSweep>();
        }

        return services;
    }

    // A silo, or an Orleans client, has the grains itself; another host asks its Atlas client for them.
    private static Backend BackendOf(IServiceProvider provider) => new(
        provider.GetService<IGrainFactory>() ?? ClientOf(provider).Grains,
        provider.GetRequiredService<NpgsqlDataSource>(),
        provider.GetService<IPlaybookReader>());

    private static NpgsqlDataSource DatabaseOf(IServiceProvider provider) => ClientOf(provider).CreateDataSource()
        ?? throw new InvalidOperationException("The proxy needs the cluster's database, and the Atlas client knows only the addresses of silos. Set Atlas:Client:DatabaseUrl or the connection string 'atlas'.");

    private static AtlasClient ClientOf(IServiceProvider provider) => provider.GetService<IAtlasClient>() as AtlasClient
        ?? throw new InvalidOperationException("The proxy needs the cluster: call builder.AddAtlasClient() before builder.Services.AddAtlasProxy(), with a database and not an address of the HTTP API.");
}
