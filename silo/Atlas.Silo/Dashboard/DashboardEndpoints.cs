using Orleans.Dashboard;

namespace Atlas.Silo.Dashboard;

/// <summary>The Orleans dashboard at <c>/orleans</c>.</summary>
internal static class DashboardEndpoints
{
    public const string Path = "/orleans";

    public static void MapAtlasDashboard(this WebApplication app) => app.MapOrleansDashboard(routePrefix: Path);
}
