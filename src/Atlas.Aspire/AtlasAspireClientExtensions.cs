using Atlas.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Makes a service of an Aspire application a client of Atlas.</summary>
public static class AtlasAspireClientExtensions
{
    /// <summary>Adds an <see cref="IAtlasClient"/> for the cluster that the application host gives this service with
    /// <c>WithReference(atlas)</c>, with a health check, traces and metrics.</summary>
    /// <remarks>Settings come from the section <c>Atlas:Client</c>, database and cluster from the connection string. With
    /// <see cref="AtlasClientOptions.DisableHealthChecks"/>, <see cref="AtlasClientOptions.DisableTracing"/> and
    /// <see cref="AtlasClientOptions.DisableMetrics"/> one or the other is left out. For several clusters there is
    /// <see cref="AtlasClientHostExtensions.AddKeyedAtlasClient"/>.</remarks>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">The name that the cluster has in the application host; not blank.</param>
    /// <param name="configure">Changes what the configuration says; null to leave it so.</param>
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
