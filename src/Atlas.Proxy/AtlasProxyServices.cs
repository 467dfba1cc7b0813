using Atlas.Configuration.Proxying;
using Atlas.Http.Sessions;
using Atlas.Learning.Options;
using Atlas.Proxy.Budgets;
using Atlas.Proxy.Forwarding;
using Atlas.Proxy.Recording;
using Atlas.Proxy.Routing;
using Atlas.Proxy.Sessions;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the learning proxy of Atlas to an application.</summary>
public static class AtlasProxyServices
{
    /// <summary>Adds what <c>app.MapAtlasProxy()</c> needs, the API's doorkeeper among it. The application brings the cluster (a silo, or
    /// <c>UseOrleansClient</c>) and an <c>NpgsqlDataSource</c> of its database.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="options">Upstreams, patience, sessions; null for the defaults.</param>
    /// <param name="tracking">Whether cues and adoptions are counted; null for the defaults.</param>
    public static IServiceCollection AddAtlasProxy(this IServiceCollection services, ProxyOptions? options = null, UsageTrackingOptions? tracking = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddAtlasHttp();
        services.AddHttpForwarder();
        services.TryAddSingleton(options ?? new ProxyOptions());
        services.TryAddSingleton(tracking ?? new UsageTrackingOptions());
        services.TryAddSingleton<Upstreams>();
        services.TryAddSingleton<UpstreamClient>();
        services.TryAddSingleton<Outage>();
        services.TryAddSingleton<CallBudget>();
        services.TryAddSingleton<SessionOpener>();
        services.TryAddSingleton<SessionRegistry>();
        services.TryAddSingleton<CallRecorder>();
        services.TryAddSingleton<ProxyDoor>();
        if (!services.Any(service => service.ImplementationType == typeof(SessionSweep)))
        {
            services.AddSingleton<IOpenRecords>(provider => provider.GetRequiredService<SessionRegistry>());
            services.AddHostedService(provider => provider.GetRequiredService<CallRecorder>());
            services.AddHostedService<SessionSweep>();
        }

        return services;
    }
}
