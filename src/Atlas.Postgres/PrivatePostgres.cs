using System.Globalization;
using Atlas.Database;
using Npgsql;

namespace Atlas.Postgres;

/// <summary>A private PostgreSQL server in one directory: on 127.0.0.1 only, with a password, from the installed programs. It outlives the
/// process that starts it, and any process can stop it.</summary>
/// <remarks>Also works for root, whom PostgreSQL refuses: the server then runs in a user namespace, or as another account.</remarks>
public sealed class PrivatePostgres
{
    private readonly PrivatePostgresOptions _options;
    private readonly TimeProvider _time;
    private readonly ServerIdentity? _forcedIdentity;
    private readonly ClusterFiles _files;
    private readonly ServerLauncher _launcher;

    /// <param name="options">The options.</param>
    /// <param name="time">The clock for waiting; null for the system's.</param>
    public PrivatePostgres(PrivatePostgresOptions options, TimeProvider? time = null) : this(options, time, null)
    {
    }

    internal PrivatePostgres(PrivatePostgresOptions options, TimeProvider? time, ServerIdentity? identity)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _time = time ?? TimeProvider.System;
        _forcedIdentity = identity;
        _files = new ClusterFiles(options.Directory);
        _launcher = new ServerLauncher(_files, options, _time);
    }

    /// <summary>Creates the data directory if there is none, starts the server if it is not running, and makes sure that the database
    /// exists. It is safe to repeat, to call from two processes concurrently, and to call after a crash.</summary>
    /// <returns>The running server with its address.</returns>
    /// <exception cref="PostgresNotInstalledException">No server is installed, or none with the version that created the data.</exception>
    /// <exception cref="PrivatePostgresException">The server does not start.</exception>
    public Task<PrivatePostgresStatus> StartAsync(CancellationToken cancellationToken = default) =>
        WithFilesAsync(() => StartAloneAsync(cancellationToken));

    /// <summary>Stops the server. Closes open connections and loses no data.</summary>
    /// <returns>False if it was not running.</returns>
    /// <exception cref="PrivatePostgresException">The server does not stop.</exception>
    public Task<bool> StopAsync(CancellationToken cancellationToken = default) => WithFilesAsync(() => StopAloneAsync(cancellationToken));

    /// <summary>Returns whether and where it is running; changes nothing and does not wait.</summary>
    /// <exception cref="PrivatePostgresException">Its files cannot be read.</exception>
    public Task<PrivatePostgresStatus> StatusAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return WithFilesAsync(() => Task.FromResult(Status()));
    }

    private async Task<T> WithFilesAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new PrivatePostgresException(
                $"The PostgreSQL in {_files.Root} belongs to another user, or the directory cannot be written: {denied.Message}", denied);
        }
        catch (TimeoutException slow)
        {
            throw new PrivatePostgresException($"The PostgreSQL in {_files.Root} takes too long: {slow.Message}", slow);
        }
    }

    private async Task<PrivatePostgresStatus> StartAloneAsync(CancellationToken cancellationToken)
    {
        _files.CreateDirectories();
        using var alone = await ClusterLock.TakeAsync(_files, _options.Timeout, _time, cancellationToken).ConfigureAwait(false);
        if (Postmaster.FindRunning(_files) is null)
        {
            var binaries = await new PostgresFinder().FindAsync(_options.BinDirectory, _files.Major, cancellationToken).ConfigureAwait(false);
            var identity = await IdentityAsync(cancellationToken).ConfigureAwait(false);
            if (!_files.Initialized)
            {
                await ClusterMaker.MakeAsync(_files, binaries, identity, _options, cancellationToken).ConfigureAwait(false);
            }

            await _launcher.StartAsync(binaries, identity, cancellationToken).ConfigureAwait(false);
        }

        await MakeSureOfDatabaseAsync(cancellationToken).ConfigureAwait(false);
        return Status();
    }

    private async Task<bool> StopAloneAsync(CancellationToken cancellationToken)
    {
        if (!_files.Initialized)
        {
            return false;
        }

        using var alone = await ClusterLock.TakeAsync(_files, _options.Timeout, _time, cancellationToken).ConfigureAwait(false);
        if (Postmaster.FindRunning(_files) is null)
        {
            return false;
        }

        var binaries = await new PostgresFinder().FindAsync(_options.BinDirectory, _files.Major, cancellationToken).ConfigureAwait(false);
        await _launcher.StopAsync(binaries, await IdentityAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<ServerIdentity> IdentityAsync(CancellationToken cancellationToken) =>
        _forcedIdentity ?? await ServerIdentityChooser.ChooseAsync(cancellationToken).ConfigureAwait(false);

    private PrivatePostgresStatus Status()
    {
        var server = _files.Initialized ? Postmaster.FindRunning(_files) : null;
        return new PrivatePostgresStatus
        {
            Initialized = _files.Initialized,
            Running = server is not null,
            ProcessId = server?.ProcessId,
            Port = server?.Port,
            Address = server is null ? null : Address(server.Port, _options.Database),
            OwnerAddress = server is null ? null : AddressOf(server.Port, PrivateRoles.Owner),
            SiloAddress = server is null ? null : AddressOf(server.Port, PrivateRoles.Silo),
            ClientAddress = server is null ? null : AddressOf(server.Port, PrivateRoles.Client),
            DataDirectory = _files.Data,
            LogFile = _files.Log,
        };
    }

    /// <summary>Returns the addresses for the owner of the database and for silos, with the last port, without checking that the server is
    /// running.</summary>
    /// <returns>Null if these roles do not exist yet.</returns>
    public (string Owner, string Silo)? LastAddresses() =>
        _files.ReadPort() is { } port && AddressOf(port, PrivateRoles.Owner) is { } owner && AddressOf(port, PrivateRoles.Silo) is { } silo ? (owner, silo) : null;

    // A server that was started by an earlier version has no roles until it is started again.
    private string? AddressOf(int port, string role) => _files.ReadPassword(role) is { } password
        ? string.Create(CultureInfo.InvariantCulture, $"postgresql://{role}:{password}@127.0.0.1:{port}/{Uri.EscapeDataString(_options.Database)}")
        : null;

    private string Address(int port, string database) => string.Create(CultureInfo.InvariantCulture,
        $"postgresql://{ClusterMaker.User}:{_files.ReadPassword()}@127.0.0.1:{port}/{Uri.EscapeDataString(database)}");

    private async Task MakeSureOfDatabaseAsync(CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        while (true)
        {
            try
            {
                var server = Postmaster.FindRunning(_files)
                    ?? throw new PrivatePostgresException($"PostgreSQL in {_files.Root} stopped just after its start; see {_files.Log}.");
                await CreateDatabaseAsync(Address(server.Port, "postgres"), cancellationToken).ConfigureAwait(false);
                await MakeRolesAsync(Address(server.Port, _options.Database), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NpgsqlException starting) when (starting is not PostgresException { SqlState: not (PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.ReadOnlySqlTransaction) }
                                                   && _time.GetElapsedTime(began) < _options.Timeout)
            {
                // The server was just started by another process, or is recovering from a crash or to a point in time.
                await Task.Delay(TimeSpan.FromMilliseconds(50), _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task CreateDatabaseAsync(string address, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(address, cancellationToken).ConfigureAwait(false);
        await using var connectionDisposal = connection.ConfigureAwait(false);
        var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        await using var findDisposal = find.ConfigureAwait(false);
        find.Parameters.AddWithValue(_options.Database);
        if (await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            var quoted = "\"" + _options.Database.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
            var create = new NpgsqlCommand($"CREATE DATABASE {quoted}", connection);
            await using var createDisposal = create.ConfigureAwait(false);
            await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task MakeRolesAsync(string address, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(address, cancellationToken).ConfigureAwait(false);
        await using var connectionDisposal = connection.ConfigureAwait(false);
        await PrivateRoles.MakeAsync(_files, connection, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string address, CancellationToken cancellationToken)
    {
        var builder = DatabaseAddress.Parse(address);
        builder.Pooling = false;
        var connection = new NpgsqlConnection(builder.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
