using Orleans.Dashboard;

namespace Atlas.Hosting.Dashboard;

/// <summary>The Orleans dashboard at <c>/orleans</c>.</summary>
internal static class DashboardEndpoints
{
    public const string Path = "/orleans";

    public static void Map(WebApplication app) => app.MapOrleansDashboard(routePrefix: Path);
}
