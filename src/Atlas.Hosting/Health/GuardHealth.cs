using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Atlas.Hosting.Health;

/// <summary>Checks that everything the silo depends on is there.</summary>
/// <remarks>A silo that does its work is only degraded. All silos of a cluster can have the same finding at the same moment, such as the
/// earlier ones during an upgrade, and a load balancer would send requests to none of them.</remarks>
internal sealed class GuardHealth(SiloGuard guard) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var findings = guard.Findings;
        return Task.FromResult(findings.IsEmpty
            ? HealthCheckResult.Healthy("Schema, encoding, clock and rules are in order.")
            : new HealthCheckResult(
                findings.Any(finding => finding.Refuses) ? HealthStatus.Unhealthy : HealthStatus.Degraded,
                string.Join(' ', findings.Select(finding => finding.Sentence))));
    }
}
