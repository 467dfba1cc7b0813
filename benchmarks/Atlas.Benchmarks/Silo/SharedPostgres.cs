namespace Atlas.Benchmarks.Silo;

/// <summary>The server that all benchmarks share; started when the first one needs a database.</summary>
internal sealed class SharedPostgres : IAsyncDisposable
{
    private BenchmarkPostgres? _server;

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its address.</returns>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        _server ??= await BenchmarkPostgres.StartAsync();
        return await _server.CreateDatabaseAsync(name);
    }

    /// <summary>Returns the address of a database that was created.</summary>
    public string AddressOf(string name) => _server?.AddressOf(name)
        ?? throw new InvalidOperationException("No database was made yet.");

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
