using Atlas.Client.Connection;

namespace Atlas.Client.Chat;

/// <summary>Provides the Atlas client, connecting on first use and again after a failure.</summary>
internal sealed class LazyConnection : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Func<Task<IAtlasClient>> _connect;
    private readonly bool _owned;
    private Task<IAtlasClient>? _client;
    private volatile string? _clusterName;

    /// <summary>Initializes a connection over a client that this class does not dispose of.</summary>
    public LazyConnection(IAtlasClient client)
    {
        _connect = () => Task.FromResult(client);
        _clusterName = client.ClusterName;
    }

    /// <summary>Initializes a connection that creates its client and disposes of it.</summary>
    public LazyConnection(Func<Task<IAtlasClient>> connect)
    {
        _connect = connect;
        _owned = true;
    }

    /// <summary>Gets the name of the cluster; null until the first attempt to connect has determined it.</summary>
    public string? ClusterName => _clusterName;

    /// <summary>Starts to connect, so that the first session finds a connection. That session observes a failure.</summary>
    public void WarmUp() => _ = GetAsync().ContinueWith(
        static done => _ = done.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    public Task<IAtlasClient> GetAsync()
    {
        lock (_lock)
        {
            return _client is null or { IsFaulted: true } or { IsCanceled: true } ? _client = ConnectAsync() : _client;
        }
    }

    public void Dispose()
    {
        // Off the caller's thread: disposal could wait for the caller's synchronization context.
        if (_owned && _client is { IsCompletedSuccessfully: true } client)
        {
            Task.Run(async () => await (await client.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();
        }
    }

    private async Task<IAtlasClient> ConnectAsync()
    {
        try
        {
            var client = await _connect().ConfigureAwait(false);
            _clusterName = client.ClusterName;
            return client;
        }
        catch (Exception failure) when (ClusterIdentity.ToldBy(failure) is { } name)
        {
            _clusterName = name;
            throw;
        }
    }
}
