using System.ComponentModel.DataAnnotations;
using Atlas.Client;
using Atlas.Client.Hosting;
using Atlas.Client.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds an Atlas client to an application.</summary>
public static class AtlasClientHostExtensions
{
    /// <summary>The configuration section of the client.</summary>
    public const string Section = "Atlas:Client";

    /// <summary>Adds an <see cref="IAtlasClient"/> with the application's logging, clock, health checks and telemetry.</summary>
    /// <remarks>
    /// <para>Settings come from the section <c>Atlas:Client</c> and the certificate from <c>Atlas:Tls</c>. If the section names neither a
    /// database nor gateways, the connection string <c>atlas</c> is used, and after it the sources listed at
    /// <see cref="AtlasClientOptions.DatabaseUrl"/>.</para>
    /// <para>The client connects while the application starts, and the start does not wait for it: an application runs without its cluster,
    /// and <c>/health</c> reports what is missing.</para>
    /// </remarks>
    /// <param name="builder">The application.</param>
    /// <param name="configure">Changes the configured settings; null to use them unchanged.</param>
    public static IHostApplicationBuilder AddAtlasClient(this IHostApplicationBuilder builder, Action<AtlasClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        Add(builder, Options.Options.DefaultName, builder.Configuration.GetSection(Section), "atlas", configure);
        builder.Services.TryAddSingleton<IAtlasClient>(services => AtlasClient.Of(services, Options.Options.DefaultName));
        builder.Services.AddHostedService(services => new ClientWarmUp(services.GetRequiredService<IAtlasClient>()));
        return builder;
    }

    /// <summary>Adds one of several clients, which you inject with <c>[FromKeyedServices(name)]</c>. Its settings come from
    /// <c>Atlas:Client:NAME</c>; if that names no database, the connection string NAME supplies it.</summary>
    /// <inheritdoc cref="AddAtlasClient"/>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name; not blank.</param>
    /// <param name="configure">Changes the configured settings; null to use them unchanged.</param>
    public static IHostApplicationBuilder AddKeyedAtlasClient(
        this IHostApplicationBuilder builder, string name, Action<AtlasClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Add(builder, name, builder.Configuration.GetSection(Section).GetSection(name), name, configure);
        builder.Services.TryAddKeyedSingleton<IAtlasClient>(name, (services, _) => AtlasClient.Of(services, name));
        builder.Services.AddHostedService(services => new ClientWarmUp(services.GetRequiredKeyedService<IAtlasClient>(name)));
        return builder;
    }

    private static void Add(
        IHostApplicationBuilder builder, string name, IConfigurationSection section, string connection, Action<AtlasClientOptions>? configure)
    {
        var options = builder.Services.AddOptions<AtlasClientOptions>(name)
            .Configure(client => builder.Configuration.GetSection(AtlasTlsOptions.Section).Bind(client.Tls))
            .Bind(section)
            .PostConfigure(client => ConnectionText.Apply(client, builder.Configuration.GetConnectionString(client.ConnectionName ?? connection)))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks();
        builder.Services.AddOptions<HealthCheckServiceOptions>().Configure<IOptionsMonitor<AtlasClientOptions>>((health, clients) =>
        {
            if (!clients.Get(name).DisableHealthChecks)
            {
                health.Registrations.Add(Health(name));
            }
        });
        builder.Services.ConfigureOpenTelemetryTracerProvider((services, traces) =>
        {
            if (!Settings(services, name).DisableTracing)
            {
                traces.AddSource(ClientTelemetry.Name, ClientTelemetry.OrleansSource);
            }
        });
        builder.Services.ConfigureOpenTelemetryMeterProvider((services, metrics) =>
        {
            if (!Settings(services, name).DisableMetrics)
            {
                metrics.AddMeter(ClientTelemetry.Name, ClientTelemetry.OrleansMeter);
            }
        });
    }

    private static AtlasClientOptions Settings(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<AtlasClientOptions>>().Get(name);

    private static HealthCheckRegistration Health(string name) => new(
        name.Length == 0 ? "atlas" : $"atlas-{name}",
        services => new ClientHealth(
            name.Length == 0 ? services.GetRequiredService<IAtlasClient>() : services.GetRequiredKeyedService<IAtlasClient>(name)),
        failureStatus: null,
        tags: ["atlas"]);
}
