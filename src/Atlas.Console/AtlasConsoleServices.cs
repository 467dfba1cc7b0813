using Atlas.Pages.Access;
using Atlas.Pages.Frame;
using Atlas.Storage.Access;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the console of Atlas to an application.</summary>
public static class AtlasConsoleServices
{
    /// <summary>Adds what <c>app.MapAtlasConsole()</c> needs.</summary>
    /// <param name="services">The services of an application with <c>AddAtlasHttp</c>.</param>
    public static IServiceCollection AddAtlasConsole(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<FormGuard>();
        services.TryAddSingleton<PageRenderer>();
        services.TryAddSingleton<ConsoleCredentials>();
        services.TryAddSingleton<ReviewClaims>();
        services.TryAddSingleton<ConsoleGate>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<AspNetCore.Routing.MatcherPolicy, HtmlOnlyPolicy>());
        return services;
    }
}
