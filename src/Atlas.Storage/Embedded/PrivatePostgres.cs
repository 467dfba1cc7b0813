using System.Globalization;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Storage.Embedded;

/// <summary>A real PostgreSQL server of one's own in one directory: on 127.0.0.1 only, with a password, from the programs
/// that are installed. It outlives the process that starts it, and any process may stop it.</summary>
/// <remarks>Works for root too, whom PostgreSQL refuses: then it runs in a user namespace, or as another account.</remarks>
public sealed class PrivatePostgres
{
    private readonly PrivatePostgresOptions options;
    private readonly TimeProvider time;
    private readonly ServerIdentity? forcedIdentity;
    private readonly ClusterFiles files;
    private readonly ServerLauncher launcher;

    /// <param name="options">Where it lives and how it runs.</param>
    /// <param name="time">The clock for waiting; null for the system's.</param>
    public PrivatePostgres(PrivatePostgresOptions options, TimeProvider? time = null) : this(options, time, null)
    {
    }

    internal PrivatePostgres(PrivatePostgresOptions options, TimeProvider? time, ServerIdentity? identity)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        this.time = time ?? TimeProvider.System;
        forcedIdentity = identity;
        files = new ClusterFiles(options.Directory);
        launcher = new ServerLauncher(files, options, this.time);
    }

    /// <summary>Makes the data directory if there is none, starts the server if it does not run, and makes sure of the
    /// database. Doing it again, or in two processes at once, is harmless; so is doing it after a crash.</summary>
    /// <returns>The running server with its address.</returns>
    /// <exception cref="PostgresNotInstalledException">No server is installed, or none of the version that made the data.</exception>
    /// <exception cref="PrivatePostgresException">It does not start.</exception>
    public Task<PrivatePostgresStatus> StartAsync(CancellationToken cancellationToken = default) =>
        WithFilesAsync(() => StartAloneAsync(cancellationToken));

    /// <summary>Stops the server, ending open connections and losing nothing.</summary>
    /// <returns>False if it did not run.</returns>
    /// <exception cref="PrivatePostgresException">It does not stop.</exception>
    public Task<bool> StopAsync(CancellationToken cancellationToken = default) => WithFilesAsync(() => StopAloneAsync(cancellationToken));

    /// <summary>Looks whether it runs, and where; changes nothing and does not wait.</summary>
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
                $"The PostgreSQL in {files.Root} belongs to another user, or the directory cannot be written: {denied.Message}", denied);
        }
        catch (TimeoutException slow)
        {
            throw new PrivatePostgresException($"The PostgreSQL in {files.Root} takes too long: {slow.Message}", slow);
        }
    }

    private async Task<PrivatePostgresStatus> StartAloneAsync(CancellationToken cancellationToken)
    {
        files.CreateDirectories();
        using var alone = await ClusterLock.TakeAsync(files, options.Timeout, time, cancellationToken).ConfigureAwait(false);
        if (Postmaster.FindRunning(files) is null)
        {
            var binaries = await new PostgresFinder().FindAsync(options.BinDirectory, files.Major, cancellationToken).ConfigureAwait(false);
            var identity = await IdentityAsync(cancellationToken).ConfigureAwait(false);
            if (!files.Initialized)
            {
                await ClusterMaker.MakeAsync(files, binaries, identity, options, cancellationToken).ConfigureAwait(false);
            }

            await launcher.StartAsync(binaries, identity, cancellationToken).ConfigureAwait(false);
        }

        await MakeSureOfDatabaseAsync(cancellationToken).ConfigureAwait(false);
        return Status();
    }

    private async Task<bool> StopAloneAsync(CancellationToken cancellationToken)
    {
        if (!files.Initialized)
        {
            return false;
        }

        using var alone = await ClusterLock.TakeAsync(files, options.Timeout, time, cancellationToken).ConfigureAwait(false);
        if (Postmaster.FindRunning(files) is null)
        {
            return false;
        }

        var binaries = await new PostgresFinder().FindAsync(options.BinDirectory, files.Major, cancellationToken).ConfigureAwait(false);
        await launcher.StopAsync(binaries, await IdentityAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<ServerIdentity> IdentityAsync(CancellationToken cancellationToken) =>
        forcedIdentity ?? await ServerIdentityChooser.ChooseAsync(cancellationToken).ConfigureAwait(false);

    private PrivatePostgresStatus Status()
    {
        var server = files.Initialized ? Postmaster.FindRunning(files) : null;
        return new PrivatePostgresStatus
        {
            Initialized = files.Initialized,
            Running = server is not null,
            ProcessId = server?.ProcessId,
            Port = server?.Port,
            Address = server is null ? null : Address(server.Port, options.Database),
            DataDirectory = files.Data,
            LogFile = files.Log,
        };
    }

    private string Address(int port, string database) => string.Create(CultureInfo.InvariantCulture,
        $"postgresql://{ClusterMaker.User}:{files.ReadPassword()}@127.0.0.1:{port}/{Uri.EscapeDataString(database)}");

    private async Task MakeSureOfDatabaseAsync(CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                var server = Postmaster.FindRunning(files)
                    ?? throw new PrivatePostgresException($"PostgreSQL in {files.Root} stopped just after its start; see {files.Log}.");
                await CreateDatabaseAsync(Address(server.Port, "postgres"), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NpgsqlException starting) when (starting is not PostgresException { SqlState: not PostgresErrorCodes.CannotConnectNow }
                                                   && time.GetElapsedTime(began) < options.Timeout)
            {
                // A server that another process started a moment ago, or one that recovers from a crash.
                await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task CreateDatabaseAsync(string address, CancellationToken cancellationToken)
    {
        var builder = DatabaseAddress.Parse(address);
        builder.Pooling = false;
        await using var connection = new NpgsqlConnection(builder.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        find.Parameters.Text(options.Database);
        if (await find.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            var quoted = "\"" + options.Database.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
            await using var create = new NpgsqlCommand($"CREATE DATABASE {quoted}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
