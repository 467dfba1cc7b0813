using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans.Runtime;

namespace Atlas.Hosting.Health;

/// <summary>Checks that this silo is an active member of its cluster.</summary>
internal sealed class MembershipHealth(ISiloStatusOracle oracle) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var active = oracle.GetApproximateSiloStatuses(onlyActive: true).Count;
        return Task.FromResult(oracle.CurrentStatus is SiloStatus.Active
            ? HealthCheckResult.Healthy($"{active} active silo{(active == 1 ? "" : "s")}")
            : HealthCheckResult.Unhealthy($"This silo is {oracle.CurrentStatus.ToString().ToLowerInvariant()}, not active."));
    }
}
