using Atlas.Contracts;

namespace Atlas.Client.Connection;

/// <summary>A client that connects when it is first needed.</summary>
internal interface IConnectingClient : IAtlasClient
{
    /// <summary>Waits until the connection stands.</summary>
    /// <exception cref="AtlasUnavailableException">It does not come about; the message says why.</exception>
    Task ConnectedAsync(CancellationToken cancellation = default);

    /// <summary>Begins to connect, and leaves a failure to whoever needs the connection.</summary>
    void WarmUp() => _ = ConnectedAsync().ContinueWith(
        static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
