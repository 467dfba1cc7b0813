using Atlas.Identity;
using Atlas.Identity.Calls;
using Atlas.Identity.Handshakes;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Puts identity on the connections of Orleans.</summary>
public static class AtlasIdentityExtensions
{
    /// <summary>Has this client prove a credential on every connection, and name it with every call.</summary>
    /// <param name="client">The client.</param>
    /// <param name="credential">What <c>atlas credential create</c> made.</param>
    /// <param name="news">Is told why a silo refused it; null if nobody wants to know.</param>
    public static IClientBuilder UseAtlasCredential(this IClientBuilder client, AtlasCredential credential, HandshakeNews? news = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(credential);

        // After all others, so that the handshake is inside of TLS where there is any.
        client.Services.PostConfigure<ClientConnectionOptions>(
            options => options.ConfigureConnection(connection => connection.UseAtlasProof(credential, news ?? new HandshakeNews())));
        client.AddOutgoingGrainCallFilter(new TicketAttachment(credential));
        return client;
    }

    /// <summary>Has the side that connects prove who it is.</summary>
    public static void UseAtlasProof(this IConnectionBuilder connection, AtlasCredential credential, HandshakeNews news)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var handshake = new ConnectingHandshake(credential, news, Clock(connection.ApplicationServices));
        connection.Use(next => context => handshake.RunAsync(context, next));
    }

    /// <summary>Lets in at a port who proves to be a silo, or a client.</summary>
    /// <param name="connection">The connections of the port.</param>
    /// <param name="secret">The cluster's; null lets in everybody.</param>
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
