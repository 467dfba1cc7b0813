using Atlas.Client.Connection;

namespace Atlas.Client.Chat;

/// <summary>Provides the Atlas client, connecting on first use and again after a failure.</summary>
internal sealed class LazyConnection : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Func<Task<IAtlasClient>> _connect;
    private readonly bool _owned;
    private Task<IAtlasClient>? _client;
    private bool _isDisposed;
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
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(IAtlasClient));
            return _client is null or { IsFaulted: true } or { IsCanceled: true } ? _client = ConnectAsync() : _client;
        }
    }

    public void Dispose()
    {
        Task<IAtlasClient>? client;
        lock (_lock)
        {
            (client, _client, _isDisposed) = (_isDisposed ? null : _client, null, true);
        }

        if (!_owned || client is null)
        {
            return;
        }

        // Off the caller's thread: disposal could wait for the caller's synchronization context. A client that is still being made is
        // disposed of when it is there.
        var disposal = Task.Run(() => DisposeAsync(client));
        if (client.IsCompletedSuccessfully)
        {
            disposal.GetAwaiter().GetResult();
        }
    }

    private static async Task DisposeAsync(Task<IAtlasClient> client)
    {
        await ((Task)client).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (client.IsCompletedSuccessfully)
        {
            await client.Result.DisposeAsync().ConfigureAwait(false);
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
