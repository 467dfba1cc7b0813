using Atlas.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds an Atlas client to a service of an Aspire application.</summary>
public static class AtlasAspireClientExtensions
{
    /// <summary>Adds an <see cref="IAtlasClient"/> for the cluster that the app host passes to this service with
    /// <c>WithReference(atlas)</c>, with a health check, traces and metrics.</summary>
    /// <remarks>Settings come from the section <c>Atlas:Client</c>; database and cluster come from the connection string. Turn parts off
    /// with <see cref="AtlasClientOptions.DisableHealthChecks"/>, <see cref="AtlasClientOptions.DisableTracing"/> and
    /// <see cref="AtlasClientOptions.DisableMetrics"/>. For several clusters, use
    /// <see cref="AtlasClientHostExtensions.AddKeyedAtlasClient"/>.</remarks>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">The name of the cluster in the app host; not blank.</param>
    /// <param name="configure">Changes the configured settings; null to use them unchanged.</param>
    /// <exception cref="InvalidOperationException">There is no connection string with this name.</exception>
    public static IHostApplicationBuilder AddAtlasClient(
        this IHostApplicationBuilder builder, string connectionName, Action<AtlasClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionName);
        if (string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(connectionName)))
        {
            throw new InvalidOperationException(
                $"There is no connection string '{connectionName}'. In the application host, give this service the cluster: "
                + $"builder.AddAtlas(\"{connectionName}\"), and .WithReference(…) on the service; or set ConnectionStrings__{connectionName}.");
        }

        builder.Services.AddOpenTelemetry().WithTracing().WithMetrics();
        return builder.AddAtlasClient(client =>
        {
            client.ConnectionName = connectionName;
            configure?.Invoke(client);
        });
    }
}
