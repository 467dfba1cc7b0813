namespace Atlas.Client.Chat;

/// <summary>Gives the Atlas client, connecting when it is first needed and again after a failure.</summary>
internal sealed class LazyConnection : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Func<Task<IAtlasClient>> _connect;
    private readonly bool _owned;
    private Task<IAtlasClient>? _client;

    /// <summary>A client that somebody else disposes of.</summary>
    public LazyConnection(IAtlasClient client)
    {
        _connect = () => Task.FromResult(client);
    }

    /// <summary>A client that is made here, and disposed of here.</summary>
    public LazyConnection(Func<Task<IAtlasClient>> connect)
    {
        _connect = connect;
        _owned = true;
    }

    public Task<IAtlasClient> GetAsync()
    {
        lock (_lock)
        {
            return _client is null or { IsFaulted: true } or { IsCanceled: true } ? _client = _connect() : _client;
        }
    }

    public void Dispose()
    {
        // Off the caller's thread, which may have a synchronisation context that the disposal would wait for.
        if (_owned && _client is { IsCompletedSuccessfully: true } client)
        {
            Task.Run(async () => await (await client).DisposeAsync()).GetAwaiter().GetResult();
        }
    }
}
