using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Atlas.Storage.Connection;

namespace Atlas.Client;

/// <summary>Sets up the Orleans client that finds its silos in the database.</summary>
internal static class ClusterConnection
{
    public static IHost Build(AtlasClientOptions options, string databaseUrl)
    {
        var database = AtlasDatabase.Parse(databaseUrl);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = options.ClusterId);
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = options.GatewayRefresh);
            client.UseAdoNetClustering(clustering =>
            {
                clustering.Invariant = "Npgsql";
                clustering.ConnectionString = database.OrleansConnectionString;
            });
        });
        return builder.Build();
    }
}
