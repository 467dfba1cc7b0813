using System.Globalization;
using Atlas.Database;
using Atlas.Postgres;
using Atlas.Testing;
using Npgsql;

namespace Atlas.Storage.Tests.Embedded;

/// <summary>A private server in a directory of a test's own; stopped and removed with the test.</summary>
internal sealed class PrivateServer : IAsyncDisposable
{
    private static int _count;

    private readonly string _parent;

    public PrivateServer(string below = "postgres", ServerIdentity? identity = null, bool durable = false, UnixFileMode? parentMode = null)
    {
        _parent = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture,
            $"atlas-private-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}"));
        Directory.CreateDirectory(_parent);
        if (parentMode is { } mode && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_parent, mode);
        }

        Options = new PrivatePostgresOptions
        {
            Directory = Path.Combine(_parent, below),
            Settings = durable ? new Dictionary<string, string>() : Settings.NotDurable,
        };
        Server = new PrivatePostgres(Options, null, identity);
    }

    public PrivatePostgresOptions Options { get; }

    public PrivatePostgres Server { get; }

    public static async Task<T?> QueryAsync<T>(PrivatePostgresStatus status, string sql)
    {
        var builder = new NpgsqlConnectionStringBuilder(AtlasDatabase.Parse(status.Address).ConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        var value = await command.ExecuteScalarAsync();
        return value is null or DBNull ? default : (T)value;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.StopAsync();
        Directory.Delete(_parent, recursive: true);
    }
}
