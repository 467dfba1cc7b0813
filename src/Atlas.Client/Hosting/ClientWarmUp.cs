using Atlas.Client.Connection;
using Microsoft.Extensions.Hosting;

namespace Atlas.Client.Hosting;

/// <summary>Starts to connect when the application starts, so that its first session finds a connection.</summary>
internal sealed class ClientWarmUp(IAtlasClient client) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        (client as IConnectingClient)?.WarmUp();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
