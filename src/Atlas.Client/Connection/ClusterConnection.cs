using Atlas.Client.Security;
using Atlas.Database;
using Atlas.Identity;
using Atlas.Identity.Handshakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Configuration;
using Orleans.Messaging;

namespace Atlas.Client.Connection;

/// <summary>Builds the Orleans client that finds its silos in the database or in a list of gateways.</summary>
internal static class ClusterConnection
{
    /// <param name="options">Which cluster to connect to, and how long to wait.</param>
    /// <param name="database">The database in which its silos register; null if the options name gateways.</param>
    /// <param name="identity">The certificate to present; null for connections without TLS.</param>
    /// <param name="loggers">The application's loggers; null for no logging.</param>
    /// <param name="credential">The credential of this client; null for a cluster without a secret.</param>
    /// <param name="news">Receives the reason if a silo refuses the client.</param>
    public static IHost Build(
        AtlasClientOptions options, AtlasDatabase? database, TlsIdentity? identity, ILoggerFactory? loggers, AtlasCredential? credential, HandshakeNews news)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (loggers is not null)
        {
            // Wrapped, because this host's container must not dispose of what the application owns.
            builder.Services.AddSingleton<ILoggerFactory>(new BorrowedLoggers(loggers));
        }

        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = options.ClusterId);
            client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.ResponseTimeout);
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = options.GatewayRefresh);
            client.AddActivityPropagation();
            if (identity is not null)
            {
                client.UseTls(identity.Apply);
            }

            if (credential is not null)
            {
                client.UseAtlasCredential(credential, news);
            }

            if (database is null)
            {
                client.Services.AddSingleton<IGatewayListProvider>(new NamedGateways([.. options.Gateways], options.GatewayRefresh));
                return;
            }

            client.Services.AddSingleton(_ => database.CreateOrleansDataSource());
            client.UseAdoNetClustering(clustering => clustering.Configure<NpgsqlDataSource>((setup, source) =>
            {
                setup.Invariant = "Npgsql";
                setup.DataSource = source;
            }));
        });
        return builder.Build();
    }

    private sealed class BorrowedLoggers(ILoggerFactory loggers) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => loggers.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

        public void Dispose()
        {
        }
    }
}
