using Atlas.Proxy.Forwarding;
using Atlas.Proxy.Outcomes;
using Atlas.Proxy.Routing;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the learning proxy of Atlas.</summary>
public static class AtlasProxyEndpoints
{
    /// <summary>Maps <c>/proxy/UPSTREAM/…</c> and <c>/proxy/k/LEARNING-KEY/UPSTREAM/…</c>.</summary>
    /// <param name="endpoints">An application with <c>AddAtlasProxy</c>.</param>
    /// <exception cref="InvalidOperationException">The application has no <c>AddAtlasProxy</c>, or <c>proxy.upstreams</c> is
    /// invalid.</exception>
    public static IEndpointConventionBuilder MapAtlasProxy(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (!endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(ProxyDoor)))
        {
            throw new InvalidOperationException("Call builder.Services.AddAtlasProxy() before builder.Build().");
        }

        // Report a faulty configuration now rather than with the first call.
        endpoints.ServiceProvider.GetRequiredService<Upstreams>();
        endpoints.ServiceProvider.GetRequiredService<OutcomeWebhook>();
        var door = new Lazy<ProxyDoor>(endpoints.ServiceProvider.GetRequiredService<ProxyDoor>, LazyThreadSafetyMode.PublicationOnly);
        return endpoints.Map(ProxyRoute.Prefix + "/{**path}", context => door.Value.HandleAsync(context)).ExcludeFromDescription();
    }
}
