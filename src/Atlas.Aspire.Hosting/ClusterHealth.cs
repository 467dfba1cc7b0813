using System.Net;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Atlas;

/// <summary>Reports a cluster as healthy while at least one silo is, because clients switch to another silo when one is gone.</summary>
internal sealed class ClusterHealth(AtlasResource cluster, HttpClient http) : IHealthCheck
{
    /// <summary>Adds the health check of a cluster to the application.</summary>
    /// <returns>The name of the check.</returns>
    public static string Register(IServiceCollection services, AtlasResource cluster)
    {
        var name = $"{cluster.Name}_check";
        services.AddHttpClient(nameof(ClusterHealth)).RemoveAllLoggers();
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            name,
            provider => new ClusterHealth(cluster, provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(ClusterHealth))),
            failureStatus: null,
            tags: null));
        return name;
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var answers = await Task.WhenAll(cluster.Silos.Select(silo => AskAsync(silo, cancellationToken))).ConfigureAwait(false);
        var well = answers.Count(answer => answer);
        return well > 0
            ? HealthCheckResult.Healthy($"{well} of {answers.Length} silos are healthy.")
            : new HealthCheckResult(context.Registration.FailureStatus, $"None of {answers.Length} silos is healthy.");
    }

    private async Task<bool> AskAsync(IResourceWithEndpoints silo, CancellationToken cancellation)
    {
        var endpoint = silo.GetEndpoint(AtlasResource.HttpEndpointName);
        if (!endpoint.IsAllocated)
        {
            return false;
        }

        try
        {
            using var answer = await http.GetAsync(new Uri($"{endpoint.Url}/health"), cancellation).ConfigureAwait(false);
            return answer.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
