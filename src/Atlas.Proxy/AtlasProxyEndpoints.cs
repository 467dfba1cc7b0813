using Atlas.Proxy.Forwarding;
using Atlas.Proxy.Routing;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the learning proxy of Atlas.</summary>
public static class AtlasProxyEndpoints
{
    /// <summary><c>/proxy/UPSTREAM/…</c> and <c>/proxy/k/LEARNING-KEY/UPSTREAM/…</c>.</summary>
    /// <param name="endpoints">An application with <c>AddAtlasProxy</c>.</param>
    /// <exception cref="InvalidOperationException">The application has no <c>AddAtlasProxy</c>, or <c>proxy.upstreams</c> has a fault.</exception>
    public static IEndpointConventionBuilder MapAtlasProxy(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (!endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(ProxyDoor)))
        {
            throw new InvalidOperationException("Call builder.Services.AddAtlasProxy() before builder.Build().");
        }

        // A fault of the configuration is told now, and not with the first call.
        endpoints.ServiceProvider.GetRequiredService<Upstreams>();
        var door = new Lazy<ProxyDoor>(endpoints.ServiceProvider.GetRequiredService<ProxyDoor>, LazyThreadSafetyMode.PublicationOnly);
        return endpoints.Map(ProxyRoute.Prefix + "/{**path}", context => door.Value.HandleAsync(context)).ExcludeFromDescription();
    }
}
