using Atlas.Grains.Calls;
using Atlas.Identity;
using Atlas.Identity.Calls;
using Atlas.Identity.Handshakes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Atlas.Grains.Hosting;

/// <summary>Has a silo know who calls it.</summary>
public static class AtlasIdentityServices
{
    /// <summary>With a secret, lets only those in who prove a credential, and asks of every call whether its caller may make it.</summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="secret">The cluster's; null leaves the silo open to everybody who reaches its ports.</param>
    public static IServiceCollection AddAtlasIdentity(this IServiceCollection services, ClusterSecret? secret)
    {
        // After all others, so that the handshake is inside of TLS where there is any.
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
