using System.Net;
using Atlas.Configuration;
using Atlas.Hosting.Settings;
using Atlas.Http;
using Atlas.Models.Judges;
using Atlas.Models.Synthesis;
using Atlas.Storage.Access;
using Atlas.Storage.Health;
using Atlas.Storage.Migrations;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace Atlas.Hosting.Silo;

/// <summary>What has to be so before the silo joins its cluster: models that can work, and a database that is up to date.</summary>
internal sealed partial class SiloStartup(
    AtlasConfiguration configuration, NpgsqlDataSource database, IOptions<HttpSettings> http,
    IOptions<AtlasHttpOptions> api, SecretSettings secret, IOptions<EndpointOptions> endpoints, ILogger<SiloStartup> log) : IHostedLifecycleService
{
    /// <summary>Makes it when the models have been made: one that cannot work is told at the start and not with the first session, and
    /// before a database that does not answer.</summary>
    public static SiloStartup Of(IServiceProvider services)
    {
        services.GetRequiredService<ISynthesizer>();
        services.GetService<IJudge>();

        // Where none is said, Orleans takes an address of the machine that is not its loopback.
        services.GetRequiredService<SecretSettings>().Demand(
            services.GetRequiredService<IOptions<EndpointOptions>>().Value.AdvertisedIPAddress ?? IPAddress.Any);
        return ActivatorUtilities.CreateInstance<SiloStartup>(services);
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (secret.Secret is null)
        {
            WithoutSecret(log, endpoints.Value.SiloPort, endpoints.Value.GatewayPort);
        }

        // Several silos may do so at once.
        if (configuration.Storage is not { ApplySchemaOnConnect: false })
        {
            await MigrationRunner.ApplyAsync(database, cancellationToken).ConfigureAwait(false);
        }
        else if (await DatabaseHealth.CheckAsync(database, cancellationToken).ConfigureAwait(false) is { Healthy: false } lacking)
        {
            throw new AtlasSettingsException(
                $"{lacking.Description} This one may not: storage.apply_schema_on_connect is false. Let one silo start without that setting, "
                + "as a user who may create tables.");
        }

        await DemandKeyAsync(cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(1193, LogLevel.Information, "The cluster has no secret, so the ports {SiloPort} and {GatewayPort} are open to every program on this machine. Set Atlas:Secret to close them.")]
    private static partial void WithoutSecret(ILogger logger, int siloPort, int gatewayPort);

    /// <summary>Nobody outside of this machine gets in without a key.</summary>
    private async Task DemandKeyAsync(CancellationToken cancellationToken)
    {
        if (api.Value.AdminKey is not null || await new ApiKeyStore(database).AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (!IPAddress.IsLoopback(SettingsReader.ReadAddress(http.Value.Address, "Atlas:Http:Address")))
        {
            throw new AtlasSettingsException(
                $"The HTTP API would be open to everybody who reaches {http.Value.Address}: no API key was created. Create one with "
                + "`atlas key create NAME`, or set Atlas:Api:AdminKey, or listen on 127.0.0.1 with Atlas:Http:Address.");
        }

        Open(log, http.Value.Address, http.Value.Port);
    }

    [LoggerMessage(1191, LogLevel.Information, "No API key was created, so the HTTP API on {Address}:{Port} is open to everybody on this machine. `atlas key create NAME` closes it.")]
    private static partial void Open(ILogger logger, string address, int port);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
