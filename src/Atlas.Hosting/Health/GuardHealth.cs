using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Atlas.Hosting.Health;

/// <summary>Everything is there that the silo stands on.</summary>
internal sealed class GuardHealth(SiloGuard guard) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(guard.Findings is { IsEmpty: false } findings
            ? HealthCheckResult.Unhealthy(string.Join(' ', findings.Select(finding => finding.Sentence)))
            : HealthCheckResult.Healthy("Schema, encoding, clock and rules are as they should be."));
}
