namespace Atlas.Benchmarks.Silo;

/// <summary>The one server that all benchmarks use; started when the first asks for a database.</summary>
internal sealed class SharedPostgres : IAsyncDisposable
{
    private BenchmarkPostgres? _server;

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its address.</returns>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        _server ??= await BenchmarkPostgres.StartAsync();
        return await _server.CreateDatabaseAsync(name);
    }

    /// <summary>The address of a database that was made.</summary>
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
