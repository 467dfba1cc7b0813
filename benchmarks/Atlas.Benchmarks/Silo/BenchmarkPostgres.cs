using System.Globalization;
using Atlas.Database;
using Atlas.Postgres;
using Npgsql;

namespace Atlas.Benchmarks.Silo;

/// <summary>A private PostgreSQL server that commits durably and is removed after the benchmarks.</summary>
internal sealed class BenchmarkPostgres : IAsyncDisposable
{
    private readonly PrivatePostgres _server;
    private readonly string _directory;
    private string _address = "";

    private BenchmarkPostgres(string directory)
    {
        _directory = directory;
        _server = new PrivatePostgres(new PrivatePostgresOptions
        {
            Directory = directory,
            Settings = new Dictionary<string, string>
            {
                ["shared_buffers"] = "256MB",
                ["maintenance_work_mem"] = "256MB",
                ["max_wal_size"] = "8GB", // No checkpoint but those that are asked for.
                ["checkpoint_timeout"] = "1h",
                ["autovacuum"] = "off", // Its timing would differ from run to run; tables are vacuumed once they are filled.
            },
        });
    }

    public static async Task<BenchmarkPostgres> StartAsync()
    {
        var postgres = new BenchmarkPostgres(
            Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"atlas-benchmark-{Environment.ProcessId}")));
        postgres._address = (await postgres._server.StartAsync()).Address!;
        return postgres;
    }

    /// <summary>Creates an empty database.</summary>
    /// <returns>Its address.</returns>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await using var source = AtlasDatabase.Parse(_address).CreateDataSource();
        await using var command = source.CreateCommand($"CREATE DATABASE {name} TEMPLATE template0");
        await command.ExecuteNonQueryAsync();
        return AddressOf(name);
    }

    /// <summary>Returns the address of a database.</summary>
    public string AddressOf(string name) => new UriBuilder(_address) { Path = "/" + name }.Uri.AbsoluteUri;

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.StopAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
