using System.Net;
using Atlas.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Atlas.Cluster.Processes;

/// <summary>A client that knows one silo only, and stays with it whatever the cluster says of it.</summary>
internal sealed class DirectGateway : IAsyncDisposable
{
    private readonly IHost _host;

    private DirectGateway(IHost host)
    {
        _host = host;
    }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IClusterClient>();

    public static async Task<DirectGateway> ConnectAsync(SiloSpec silo, AtlasCredential? credential = null, TimeSpan? responseTimeout = null)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(client =>
        {
            client
                .Configure<ClusterOptions>(cluster => cluster.ClusterId = cluster.ServiceId = "atlas")
                .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = responseTimeout ?? TimeSpan.FromSeconds(90))
                .UseStaticClustering(new IPEndPoint(IPAddress.Parse(silo.Address), silo.Gateway));
            if (credential is not null)
            {
                client.UseAtlasCredential(credential);
            }
        });
        var host = builder.Build();
        await host.StartAsync();
        return new DirectGateway(host);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _host.StopAsync(patience.Token);
        }
        catch (Exception)
        {
            // Its only silo is gone, so there is nobody to take leave of.
        }

        _host.Dispose();
    }
}
