using Atlas.Identity;
using Atlas.Identity.Calls;
using Atlas.Identity.Handshakes;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Adds identity to Orleans' connections.</summary>
public static class AtlasIdentityExtensions
{
    /// <summary>Makes this client prove a credential on every connection, and attach it to every call.</summary>
    /// <param name="client">The client.</param>
    /// <param name="credential">A credential from <c>atlas credential create</c>.</param>
    /// <param name="news">Receives the reason if a silo refuses the credential; null to ignore it.</param>
    public static IClientBuilder UseAtlasCredential(this IClientBuilder client, AtlasCredential credential, HandshakeNews? news = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(credential);

        // Runs after all others, so that the handshake takes place inside TLS if it is in use.
        client.Services.PostConfigure<ClientConnectionOptions>(
            options => options.ConfigureConnection(connection => connection.UseAtlasProof(credential, news ?? new HandshakeNews())));
        client.AddOutgoingGrainCallFilter(new TicketAttachment(credential));
        return client;
    }

    /// <summary>Makes the connecting side prove its identity.</summary>
    public static void UseAtlasProof(this IConnectionBuilder connection, AtlasCredential credential, HandshakeNews news)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var handshake = new ConnectingHandshake(credential, news, Clock(connection.ApplicationServices));
        connection.Use(next => context => handshake.RunAsync(context, next));
    }

    /// <summary>Admits only connections that prove to be a silo, or a client.</summary>
    /// <param name="connection">The connections of the port.</param>
    /// <param name="secret">The cluster's secret; null admits everybody.</param>
    /// <param name="forSilos">Whether the port is for silos.</param>
    public static void DemandAtlasProof(this IConnectionBuilder connection, ClusterSecret? secret, bool forSilos)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var services = connection.ApplicationServices;
        var handshake = new ListeningHandshake(
            secret, forSilos, Clock(services), services.GetRequiredService<ILoggerFactory>().CreateLogger("Atlas.Identity"));
        connection.Use(next => context => handshake.RunAsync(context, next));
    }

    private static TimeProvider Clock(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;
}
