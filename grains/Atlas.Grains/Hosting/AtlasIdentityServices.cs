using Atlas.Grains.Calls;
using Atlas.Identity;
using Atlas.Identity.Calls;
using Atlas.Identity.Handshakes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Atlas.Grains.Hosting;

/// <summary>Registers how a silo identifies its callers.</summary>
public static class AtlasIdentityServices
{
    /// <summary>If there is a secret, admits only connections that prove a credential, and checks for every call whether its caller is
    /// allowed to make it.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="secret">The cluster's secret; null leaves the silo open to everybody who can reach its ports.</param>
    public static IServiceCollection AddAtlasIdentity(this IServiceCollection services, ClusterSecret? secret)
    {
        // Runs after all others, so that the handshake takes place inside TLS if it is in use.
        services.PostConfigure<SiloConnectionOptions>(options =>
        {
            options.ConfigureGatewayInboundConnection(connection => connection.DemandAtlasProof(secret, forSilos: false));
            options.ConfigureSiloInboundConnection(connection => connection.DemandAtlasProof(secret, forSilos: true));
            if (secret is not null)
            {
                var silo = secret.Issue(AtlasRole.Silo, AtlasRole.Silo);
                options.ConfigureSiloOutboundConnection(connection => connection.UseAtlasProof(silo, new HandshakeNews()));
            }
        });
        if (secret is not null)
        {
            services.AddSingleton(new TicketOffice(secret));
            services.AddSingleton<IIncomingGrainCallFilter, CallGuard>();
            services.AddSingleton<IOutgoingGrainCallFilter, SiloTickets>();
        }

        return services;
    }
}
