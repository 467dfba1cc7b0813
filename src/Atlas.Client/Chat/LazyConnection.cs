using Atlas.Client.Connection;

namespace Atlas.Client.Chat;

/// <summary>Gives the Atlas client, connecting when it is first needed and again after a failure.</summary>
internal sealed class LazyConnection : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Func<Task<IAtlasClient>> _connect;
    private readonly bool _owned;
    private Task<IAtlasClient>? _client;
    private volatile string? _clusterName;

    /// <summary>A client that somebody else disposes of.</summary>
    public LazyConnection(IAtlasClient client)
    {
        _connect = () => Task.FromResult(client);
        _clusterName = client.ClusterName;
    }

    /// <summary>A client that is made here, and disposed of here.</summary>
    public LazyConnection(Func<Task<IAtlasClient>> connect)
    {
        _connect = connect;
        _owned = true;
    }

    /// <summary>Which cluster it is; null until a try to connect has said so.</summary>
    public string? ClusterName => _clusterName;

    /// <summary>Begins to connect, so that the first session finds the connection made. A failure is left to that session.</summary>
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
        // Off the caller's thread, which may have a synchronisation context that the disposal would wait for.
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
