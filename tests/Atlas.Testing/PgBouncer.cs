using System.Diagnostics;
using System.Globalization;
using Atlas.Database;
using Npgsql;

namespace Atlas.Testing;

/// <summary>A PgBouncer of Debian's package before the tests' server, with its settings as they come: it refuses start-up options, and
/// keeps no prepared statements.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _process;
    private readonly int _port;

    private PgBouncer(string folder, Process process, int port) => (_folder, _process, _port) = (folder, process, port);

    /// <summary>Starts one, and returns when it answers.</summary>
    /// <param name="before">A database on the server that it stands before.</param>
    /// <param name="mode"><c>session</c> or <c>transaction</c>.</param>
    /// <param name="poolSize">Connections to the server for each database.</param>
    /// <param name="answers">Whether to wait until Atlas can use the database through it.</param>
    public static async Task<PgBouncer> StartAsync(AtlasDatabase before, string mode, int poolSize = 20, bool answers = true)
    {
        ArgumentNullException.ThrowIfNull(before);
        await DebianPackage.DemandAsync("pgbouncer", "pgbouncer", "--version").ConfigureAwait(false);
        var server = new NpgsqlConnectionStringBuilder(before.ConnectionString);
        var port = FreePorts.Find(1)[0];
        var folder = Directory.CreateTempSubdirectory("atlas-pgbouncer-").FullName;
        var (configuration, users) = (Path.Combine(folder, "pgbouncer.ini"), Path.Combine(folder, "users.txt"));
        await File.WriteAllTextAsync(users, $"\"{server.Username}\" \"{server.Password}\"\n").ConfigureAwait(false);
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            [databases]
            * = host={server.Host} port={server.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = scram-sha-256
            auth_file = {users}
            pool_mode = {mode}
            default_pool_size = {poolSize}
            max_client_conn = 500

            """)).ConfigureAwait(false);

        // It refuses to run as root, and whoever it runs as has to read its files.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        }

        string[] command = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--", "pgbouncer", "-q", configuration]
            : ["pgbouncer", "-q", configuration];
        var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$0\" 2>&1", Path.Combine(folder, "log"), .. command]))!;
        var bouncer = new PgBouncer(folder, process, port);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => bouncer.End();
        if (!answers)
        {
            return bouncer;
        }

        await Eventually.TrueAsync(() => bouncer.AnswersAsync(before), TimeSpan.FromSeconds(20), "A PgBouncer that answers").ConfigureAwait(false);
        return bouncer;
    }

    /// <summary>The address of a database through this pooler.</summary>
    /// <param name="database">The same database on the server.</param>
    public string AddressOf(AtlasDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return new UriBuilder(database.Uri) { Port = _port }.Uri.AbsoluteUri;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        End();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void End()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended, and was disposed.
        }
    }

    private async Task<bool> AnswersAsync(AtlasDatabase database)
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"PgBouncer has ended: {await File.ReadAllTextAsync(Path.Combine(_folder, "log")).ConfigureAwait(false)}");
        }

        try
        {
            await AtlasDatabase.Parse(AddressOf(database)).ExamineAsync().ConfigureAwait(false);
            return true;
        }
        catch (DatabaseUnavailableException)
        {
            return false;
        }
    }
}
