using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Status;
using Atlas.Cli.Workspace;
using Atlas.Database;
using Atlas.Postgres;
using Atlas.Queries;
using Atlas.Storage.Migrations;

namespace Atlas.Cli.Database;

/// <summary>The database of this workspace: a named one, or a private PostgreSQL server that is started and stopped here.</summary>
internal sealed class DatabaseHost(CommandContext context)
{
    private readonly PrivatePostgres _private = new(new PrivatePostgresOptions { Directory = context.Home.Postgres }, context.Clock);

    /// <summary>Makes sure that a database is available before a silo is started on it.</summary>
    /// <param name="named">The database to use; null for the private one, which is created and started if necessary.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <param name="makesSecret">Whether silos on the private database get a secret if they have none. Only allowed while no silo runs,
    /// because a running one would not know it.</param>
    public async Task<DatabaseRecord> EnsureAsync(string? named, CancellationToken cancellation, bool makesSecret = false)
    {
        var record = named is null ? await StartPrivateAsync(cancellation) : await DemandAsync(named, cancellation);
        record = record with { SecretFile = SecretFileOf(record, makesSecret) };
        JsonFile.Write(context.Home.DatabaseFile, record.Private ? record with { ConnectionString = (await _private.StatusAsync(cancellation)).ClientAddress! } : record);
        return record;
    }

    /// <summary>Returns the database of the running silos. If it is the private one and has stopped, it is started again.</summary>
    /// <exception cref="CommandFailedException">Another database is named; a running silo cannot change its database.</exception>
    public async Task<DatabaseRecord> ReviveAsync(string? named, CancellationToken cancellation)
    {
        var current = Recorded();
        if (named is not null && current is not null && DatabaseAccess.Parse(named).Address != current.Address.Address)
        {
            throw new CommandFailedException(
                ExitCode.Refused,
                $"A silo is already running here with the database {current.Address.DisplayName}. Stop it with `atlas down` first.");
        }

        return current is null or { Private: true } ? await EnsureAsync(named, cancellation) : current;
    }

    /// <summary>Returns the database that commands read: the caller's, or else that of this workspace; null if there is none.</summary>
    public DatabaseRecord? Find()
    {
        var recorded = Recorded();
        if (context.Caller.DatabaseUrl is not { } named)
        {
            return recorded;
        }

        var database = DatabaseAccess.Parse(named);
        return new DatabaseRecord
        {
            ConnectionString = database.Address,
            Private = false,
            SecretFile = recorded?.Address.DisplayName == database.DisplayName ? recorded.SecretFile : null,
        };
    }

    /// <exception cref="CommandFailedException">There is no database.</exception>
    public DatabaseRecord Require() => Find() ?? throw new CommandFailedException(
        ExitCode.NotRunning,
        $"No database has been set up here. Start one with `atlas up --detach`, or name yours with {CallerSettings.DatabaseVariable}.");

    /// <summary>Gets a value indicating whether this workspace has a recorded database.</summary>
    public bool IsRecorded => Recorded() is not null;

    /// <summary>Returns whether the private server is running.</summary>
    public async Task<bool> PrivateRunsAsync(CancellationToken cancellation) => (await _private.StatusAsync(cancellation)).Running;

    /// <summary>Stops the private server. Returns false if it was not running.</summary>
    public async Task<bool> StopAsync(CancellationToken cancellation)
    {
        if (!(await _private.StatusAsync(cancellation)).Running)
        {
            return false;
        }

        return await Progress.WaitAsync(
            context.Terminal, "Stopping the private PostgreSQL", () => GuardAsync(() => _private.StopAsync(cancellation), cancellation));
    }

    public async Task<DatabaseStatus?> StatusAsync(CancellationToken cancellation)
    {
        if (Find() is not { } record)
        {
            return null;
        }

        var address = DatabaseAccess.Parse(record.ConnectionString);
        var problem = await ProblemAsync(address, cancellation);
        return new DatabaseStatus
        {
            ConnectionString = address.Uri,
            NpgsqlConnectionString = record.Address.ConnectionString,
            Name = address.DisplayName,
            Private = record.Private,
            Reachable = problem is null,
            Problem = problem is null ? null : DatabaseAccess.Unreachable(record, problem),
        };
    }

    private string? SecretFileOf(DatabaseRecord record, bool makesSecret)
    {
        if (context.Caller is { Secret: not null } or { SecretFile: not null })
        {
            return context.Caller.Secret is null ? Path.GetFullPath(context.Caller.SecretFile!) : null;
        }

        if (record.Private && makesSecret)
        {
            SecretFile.Ensure(context.Home);
        }

        return record.Private && File.Exists(context.Home.SecretFile) ? context.Home.SecretFile : null;
    }

    private DatabaseRecord? Recorded() => JsonFile.Read<DatabaseRecord>(context.Home.DatabaseFile) switch
    {
        { Private: true } record when _private.LastAddresses() is var (owner, silo) => record with { ConnectionString = owner, ForSilos = silo },
        var record => record,
    };

    private async Task<DatabaseRecord> StartPrivateAsync(CancellationToken cancellation)
    {
        // Even for a running server: whoever started it may have ended before its database was created.
        Task<PrivatePostgresStatus> StartAsync() => GuardAsync(() => _private.StartAsync(cancellation), cancellation);
        var status = await _private.StatusAsync(cancellation);
        var what = status.Initialized ? "Starting the private PostgreSQL" : "Setting up a private PostgreSQL";
        status = status.Running ? await StartAsync() : await Progress.WaitAsync(context.Terminal, what, StartAsync);

        // The owner creates the tables, so silos find them in place.
        await MigrateAsync(status.OwnerAddress!, cancellation);
        return new DatabaseRecord { ConnectionString = status.OwnerAddress!, ForSilos = status.SiloAddress, Private = true };
    }

    private static async Task MigrateAsync(string address, CancellationToken cancellation)
    {
        try
        {
            await using var source = AtlasQueries.Of(DatabaseAccess.Parse(address));
            await source.Recovery.PrepareAsync(cancellation);
        }
        catch (MigrationException failure)
        {
            throw new CommandFailedException(ExitCode.CannotStart, failure.Message, failure);
        }
    }

    private static async Task<DatabaseRecord> DemandAsync(string named, CancellationToken cancellation)
    {
        var record = new DatabaseRecord { ConnectionString = DatabaseAccess.Parse(named).Address, Private = false };
        return await ProblemAsync(DatabaseAccess.Parse(named), cancellation) is { } problem
            ? throw new CommandFailedException(ExitCode.CannotStart, DatabaseAccess.Unreachable(record, problem), problem)
            : record;
    }

    // Null if it can be used.
    private static async Task<Exception?> ProblemAsync(AtlasDatabase address, CancellationToken cancellation)
    {
        try
        {
            await address.ExamineAsync(cancellation);
            return null;
        }
        catch (Exception failure) when (failure is DatabaseUnavailableException or DatabaseEncodingException)
        {
            return failure;
        }
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await work();
        }
        catch (PrivatePostgresException interrupted) when (cancellation.IsCancellationRequested)
        {
            // Ctrl+C reaches PostgreSQL's programs, too; what they report about it is not a failure.
            throw new OperationCanceledException(interrupted.Message, interrupted, cancellation);
        }
        catch (Exception failure) when (failure is PostgresNotInstalledException or PrivatePostgresException)
        {
            throw new CommandFailedException(ExitCode.CannotStart, failure.Message, failure);
        }
    }
}
