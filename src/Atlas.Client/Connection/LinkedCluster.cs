using Atlas.Client.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Messaging;

namespace Atlas.Client.Connection;

/// <summary>A connected cluster.</summary>
internal sealed class LinkedCluster : IAsyncDisposable
{
    private readonly IHost _host;

    public LinkedCluster(IHost host, TimeSpan gatewayRefresh, TimeProvider time)
    {
        _host = host;
        Client = host.Services.GetRequiredService<IClusterClient>();
        Keys = new KeyReferences(Client);
        Silos = new SiloCount(host.Services.GetRequiredService<IGatewayListProvider>(), gatewayRefresh, time);
    }

    public IClusterClient Client { get; }

    public KeyReferences Keys { get; }

    public SiloCount Silos { get; }

    public ValueTask DisposeAsync() => DisposeAsync(_host);

    public static async ValueTask DisposeAsync(IHost host)
    {
        await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            host.Dispose();
        }
    }
}
