using Atlas.Client;
using Atlas.Grains.Tests.Cluster;
using Atlas.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;
using Xunit;

namespace Atlas.Grains.Tests.Access;

/// <summary>Two silos with a secret, where sessions need an approval to teach.</summary>
public sealed class GuardedCluster : IAsyncLifetime
{
    private readonly Dictionary<string, IAtlasClient> _clients = [];

    internal TestCluster Cluster { get; private set; } = null!;

    internal ClusterSecret Secret { get; } = ClusterSecret.Of(ClusterSecret.Random());

    public async ValueTask InitializeAsync() => Cluster = await TestCluster.StartAsync(
        silos: 2, synthesizer: GatedSynthesizer.Open(), requireApproval: true, secret: Secret);

    /// <summary>A client with the credential of this role, whose name is the role and a letter.</summary>
    internal async Task<IAtlasClient> AsAsync(string role) => _clients.TryGetValue(role, out var known)
        ? known
        : _clients[role] = await Cluster.ConnectAsync(Secret.Issue(role, role + "-a"));

    /// <summary>A client of Orleans without anything of ours: what an attacker would take.</summary>
    /// <param name="credential">What it got hold of; null for nothing but the port.</param>
    /// <param name="configure">What else it does.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task<IHost> BareAsync(AtlasCredential? credential, Action<IClientBuilder>? configure = null, CancellationToken cancellation = default)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(client =>
        {
            client
                .Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = "atlas")
                .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(20))
                .UseStaticClustering(Cluster.Silos[0].Gateway);
            if (credential is not null)
            {
                client.UseAtlasCredential(credential);
            }

            configure?.Invoke(client);
        });
        var host = builder.Build();
        await host.StartAsync(cancellation);
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
        {
            await client.DisposeAsync();
        }

        await Cluster.DisposeAsync();
    }
}
