using Atlas.Pages.Access;
using Atlas.Pages.Frame;
using Atlas.Pages.Home;
using Atlas.Pages.Keys;
using Atlas.Pages.Operations;
using Atlas.Pages.Reviews;
using Atlas.Pages.Sessions;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the console of Atlas.</summary>
public static class AtlasConsoleEndpoints
{
    /// <summary>Maps the console at <c>/</c>: what was learned, why, and whether it helps.</summary>
    /// <param name="endpoints">An application with <c>AddAtlasHttp</c> and <c>AddAtlasConsole</c>.</param>
    /// <exception cref="InvalidOperationException">The application has no <c>AddAtlasConsole</c>.</exception>
    public static IEndpointRouteBuilder MapAtlasConsole(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (!endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>().IsService(typeof(ConsoleGate)))
        {
            throw new InvalidOperationException("Call builder.Services.AddAtlasConsole() before builder.Build().");
        }

        var routes = new ConsoleRoutes(endpoints);
        Files.Map(endpoints);
        SignIn.Map(endpoints);
        HomeEndpoints.Map(routes);
        KeyPages.Map(routes);
        SessionPages.Map(routes);
        ReviewPages.Map(routes);
        ComparePages.Map(routes);
        ClusterPages.Map(routes);
        OperationPages.Map(routes);
        return endpoints;
    }
}
