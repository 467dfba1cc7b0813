using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Atlas.Hosting.Health;

/// <summary>Maps <c>/alive</c>, which answers while the process runs, and <c>/health</c>, which says whether it can do its work.</summary>
internal static class HealthEndpoints
{
    public static void AddAtlasHealth(this IServiceCollection services)
    {
        services.AddSingleton<SiloGuard>();
        services.AddHostedService(provider => provider.GetRequiredService<SiloGuard>());
        services.AddHealthChecks()
            .AddCheck<PostgresHealth>("postgres", timeout: TimeSpan.FromSeconds(5))
            .AddCheck<MembershipHealth>("membership", timeout: TimeSpan.FromSeconds(5))
            .AddCheck<GuardHealth>("guard", timeout: TimeSpan.FromSeconds(5));
    }

    public static void Map(WebApplication app)
    {
        app.MapGet("/alive", () => Results.Text("alive\n"));
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, new
        {
            status = Word(report.Status),
            checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new { status = Word(entry.Value.Status), description = entry.Value.Description }),
        });
    }

    private static string Word(HealthStatus status) => status.ToString().ToLowerInvariant();
}
