using Atlas.Contracts;

namespace Atlas.Client.Connection;

/// <summary>A client that connects on first use.</summary>
internal interface IConnectingClient : IAtlasClient
{
    /// <summary>Waits for the connection.</summary>
    /// <exception cref="AtlasUnavailableException">No connection could be made; the message says why.</exception>
    Task ConnectedAsync(CancellationToken cancellation = default);

    /// <summary>Starts to connect. A failure is observed by the first caller that needs the connection.</summary>
    void WarmUp() => _ = ConnectedAsync().ContinueWith(
        static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
