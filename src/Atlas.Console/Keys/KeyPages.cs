using Atlas.Http;
using Atlas.Http.Access;
using Atlas.Http.Keys;
using Atlas.Pages.Access;
using Atlas.Pages.Frame;
using Microsoft.Extensions.Options;

namespace Atlas.Pages.Keys;

/// <summary><c>/key</c> and the pages below it.</summary>
internal static class KeyPages
{
    public static void Map(ConsoleRoutes routes)
    {
        routes.Page("/key", Scopes.Read, async request => new ConsolePage(
            typeof(KeyPage), request.Key, "home", await new KeyReader(request).ReadAsync().ConfigureAwait(false))
        {
            Live = Addresses.With("/console/live/key", ("key", request.Key)),
        });
        routes.Page("/key/version", Scopes.Read, async request => new ConsolePage(
            typeof(VersionPage), $"Version {request.Version("version")} of {request.Key}", "home", await VersionModel.ReadAsync(request).ConfigureAwait(false)));
        routes.Page("/key/diff", Scopes.Read, async request => new ConsolePage(
            typeof(DifferencePage), $"Difference of {request.Key}", "home", await DifferencePageModel.ReadAsync(request).ConfigureAwait(false)));
        ChangePages.Map(routes);
        EditPages.Map(routes);
        ExperimentPages.Map(routes);
        routes.Get("/console/live/key", Scopes.Read, WatchAsync);
    }

    private static Task WatchAsync(HttpContext context)
    {
        var request = new ConsoleRequest(context);
        return new PlaybookStream(
            request.Service<Backend>(),
            request.Caller,
            request.Stored,
            TimeSpan.FromSeconds(request.Service<IOptions<AtlasHttpOptions>>().Value.HeartbeatSeconds),
            request.Service<ConsoleGate>().MayStayAsync,
            request.Service<TimeProvider>()).WriteAsync(context);
    }
}
