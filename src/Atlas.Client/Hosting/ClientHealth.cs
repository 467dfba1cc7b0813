using Atlas.Client.Connection;
using Atlas.Contracts;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Atlas.Client.Hosting;

/// <summary>Reports whether the cluster is reachable, and why not.</summary>
internal sealed class ClientHealth(IAtlasClient client) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (client is not IConnectingClient atlas)
        {
            return HealthCheckResult.Healthy("The application supplies its own client.");
        }

        try
        {
            await atlas.ConnectedAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy("The cluster is connected.");
        }
        catch (AtlasUnavailableException away)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, away.Message);
        }
    }
}
