using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Atlas.Hosting.Health;

/// <summary>Checks that everything the silo depends on is there.</summary>
internal sealed class GuardHealth(SiloGuard guard) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(guard.Findings is { IsEmpty: false } findings
            ? HealthCheckResult.Unhealthy(string.Join(' ', findings.Select(finding => finding.Sentence)))
            : HealthCheckResult.Healthy("Schema, encoding, clock and rules are in order."));
}
