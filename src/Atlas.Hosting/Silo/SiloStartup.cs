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

/// <summary>Prepares the silo before it joins its cluster: usable models, and a database schema that is up to date.</summary>
internal sealed partial class SiloStartup(
    AtlasConfiguration configuration, NpgsqlDataSource database, IOptions<HttpSettings> http,
    IOptions<AtlasHttpOptions> api, SecretSettings secret, IOptions<EndpointOptions> endpoints, ILogger<SiloStartup> log) : IHostedLifecycleService
{
    /// <summary>Creates the service after the models, so that an unusable model is reported at startup and not with the first session, and
    /// before a database that does not answer.</summary>
    public static SiloStartup Of(IServiceProvider services)
    {
        services.GetRequiredService<ISynthesizer>();
        services.GetService<IJudge>();

        // If none is set, Orleans takes an address of the machine that is not loopback.
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

        // If there is nothing to change, a login that cannot change tables is enough.
        if (await DatabaseHealth.CheckAsync(database, cancellationToken).ConfigureAwait(false) is { Healthy: false } lacking)
        {
            if (configuration.Storage is { ApplySchemaOnConnect: false })
            {
                throw new AtlasSettingsException(
                    $"{lacking.Description} This silo does not apply them: storage.apply_schema_on_connect is false. Start one silo without that setting, "
                    + "as a user who can create tables.");
            }

            // Several silos can do this concurrently.
            await MigrationRunner.ApplyAsync(database, cancellationToken).ConfigureAwait(false);
        }

        await DemandKeyAsync(cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(1193, LogLevel.Information, "The cluster has no secret, so the ports {SiloPort} and {GatewayPort} are open to every program on this machine. Set Atlas:Secret to close them.")]
    private static partial void WithoutSecret(ILogger logger, int siloPort, int gatewayPort);

    /// <summary>Makes sure that nobody outside this machine gets in without a key.</summary>
    private async Task DemandKeyAsync(CancellationToken cancellationToken)
    {
        if (api.Value.AdminKey is not null || await new ApiKeyStore(database).AnyAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        if (!IPAddress.IsLoopback(SettingsReader.ReadAddress(http.Value.Address, "Atlas:Http:Address")))
        {
            throw new AtlasSettingsException(
                $"No API key exists, so the HTTP API would be open to anyone who can reach {http.Value.Address}. Create a key with "
                + "`atlas key create NAME`, set Atlas:Api:AdminKey, or listen only on this machine by setting Atlas:Http:Address to 127.0.0.1.");
        }

        Open(log, http.Value.Address, http.Value.Port);
    }

    [LoggerMessage(1191, LogLevel.Information, "No API key exists, so the HTTP API on {Address}:{Port} is open to everyone on this machine. Close it with `atlas key create NAME`.")]
    private static partial void Open(ILogger logger, string address, int port);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
