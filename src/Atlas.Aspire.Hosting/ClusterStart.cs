using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Atlas;

/// <summary>Reports a cluster, which has no process of its own, as running once one of its silos is.</summary>
internal static class ClusterStart
{
    public static Task RunAsync(AtlasResource cluster, InitializeResourceEvent begun, CancellationToken cancellation)
    {
        // The silos start only after this method has returned.
        _ = Task.Run(() => FollowAsync(cluster, begun, cancellation), cancellation);
        return Task.CompletedTask;
    }

    private static async Task FollowAsync(AtlasResource cluster, InitializeResourceEvent begun, CancellationToken cancellation)
    {
        var notifications = begun.Services.GetRequiredService<ResourceNotificationService>();
        await notifications.PublishUpdateAsync(cluster, state => state with { State = KnownResourceStates.Waiting }).ConfigureAwait(false);
        await Task.WhenAny(cluster.Silos.Select(silo =>
            notifications.WaitForResourceAsync(silo.Name, KnownResourceStates.Running, cancellation))).ConfigureAwait(false);
        await begun.Eventing.PublishAsync(new ConnectionStringAvailableEvent(cluster, begun.Services), cancellation).ConfigureAwait(false);
        await notifications.PublishUpdateAsync(cluster, state => state with { State = KnownResourceStates.Running }).ConfigureAwait(false);
    }
}
