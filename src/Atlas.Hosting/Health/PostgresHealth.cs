using Atlas.Storage.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Atlas.Hosting.Health;

/// <summary>Checks that the database answers and has the tables that this version needs.</summary>
internal sealed class PostgresHealth(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var report = await DatabaseHealth.CheckAsync(database, cancellationToken).ConfigureAwait(false);
        return report.Healthy ? HealthCheckResult.Healthy(report.Description) : HealthCheckResult.Unhealthy(report.Description);
    }
}
