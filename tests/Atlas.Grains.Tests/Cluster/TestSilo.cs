using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Atlas.Grains.Tests.Cluster;

/// <summary>A silo of a <see cref="TestCluster"/>.</summary>
internal sealed class TestSilo(Orleans.TestingHost.TestCluster cluster, InProcessSiloHandle handle)
{
    public IServiceProvider Services => handle.ServiceProvider;

    /// <summary>Where clients come in.</summary>
    public System.Net.IPEndPoint Gateway => handle.GatewayAddress.Endpoint;

    /// <summary>Where other silos come in.</summary>
    public System.Net.IPEndPoint Neighbours => handle.SiloAddress.Endpoint;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <summary>Stops it in good order.</summary>
    public Task StopAsync() => cluster.StopSiloAsync(handle);
}
