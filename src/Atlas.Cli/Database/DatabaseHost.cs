using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Status;
using Atlas.Cli.Workspace;
using Atlas.Storage.Connection;
using Atlas.Storage.Embedded;
using Npgsql;

namespace Atlas.Cli.Database;

/// <summary>The database of this workspace: a named one, or a private PostgreSQL that is started and stopped here.</summary>
internal sealed class DatabaseHost(CommandContext context)
{
    private readonly PrivatePostgres _private = new(new PrivatePostgresOptions { Directory = context.Home.Postgres }, context.Clock);

    /// <summary>Makes sure that a database answers, before a silo is started on it.</summary>
    /// <param name="named">The database to use; null for the private one, which is made and started if need be.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<DatabaseRecord> EnsureAsync(string? named, CancellationToken cancellation)
    {
        var record = named is null ? await StartPrivateAsync(cancellation) : await DemandAsync(named, cancellation);
        JsonFile.Write(context.Home.DatabaseFile, record);
        return record;
    }

    /// <summary>The database of the silos that run. If it is the private one and has stopped, it is started again.</summary>
    /// <exception cref="CommandFailedException">Another database is named; a running silo cannot change its database.</exception>
    public async Task<DatabaseRecord> ReviveAsync(string? named, CancellationToken cancellation)
    {
        var current = Recorded();
        if (named is not null && current is not null && DatabaseAccess.Parse(named).Uri != current.Address.Uri)
        {
            throw new CommandFailedException(
                ExitCode.Refused,
                $"A silo already runs here with the database {current.Address.DisplayName}. Stop it with `atlas down` first.");
        }

        return current is null or { Private: true } ? await EnsureAsync(named, cancellation) : current;
    }

    /// <summary>The database that commands read: the caller's, else that of this workspace; null if there is none.</summary>
    public DatabaseRecord? Find() => context.Caller.DatabaseUrl is { } named
        ? new DatabaseRecord { ConnectionString = DatabaseAccess.Parse(named).Uri, Private = false }
        : Recorded();

    /// <exception cref="CommandFailedException">There is none.</exception>
    public DatabaseRecord Require() => Find() ?? throw new CommandFailedException(
        ExitCode.NotRunning,
        $"No database has been set up here. Start one with `atlas up --detach`, or name yours with {CallerSettings.DatabaseVariable}.");

    /// <summary>Whether the private server runs now.</summary>
    public async Task<bool> PrivateRunsAsync(CancellationToken cancellation) => (await _private.StatusAsync(cancellation)).Running;

    /// <summary>Stops the private server. False if none ran.</summary>
    public async Task<bool> StopAsync(CancellationToken cancellation)
    {
        if (!(await _private.StatusAsync(cancellation)).Running)
        {
            return false;
        }

        return await Progress.WaitAsync(
            context.Terminal, "Stopping the private PostgreSQL", () => GuardAsync(() => _private.StopAsync(cancellation)));
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

    private DatabaseRecord? Recorded() => JsonFile.Read<DatabaseRecord>(context.Home.DatabaseFile);

    private async Task<DatabaseRecord> StartPrivateAsync(CancellationToken cancellation)
    {
        var status = await _private.StatusAsync(cancellation);
        if (!status.Running)
        {
            var what = status.Initialized ? "Starting the private PostgreSQL" : "Setting up a private PostgreSQL";
            status = await Progress.WaitAsync(context.Terminal, what, () => GuardAsync(() => _private.StartAsync(cancellation)));
        }

        return new DatabaseRecord { ConnectionString = status.Address!, Private = true };
    }

    private static async Task<DatabaseRecord> DemandAsync(string named, CancellationToken cancellation)
    {
        var record = new DatabaseRecord { ConnectionString = DatabaseAccess.Parse(named).Uri, Private = false };
        return await ProblemAsync(DatabaseAccess.Parse(named), cancellation) is { } problem
            ? throw new CommandFailedException(ExitCode.CannotStart, DatabaseAccess.Unreachable(record, problem), problem)
            : record;
    }

    private static async Task<Exception?> ProblemAsync(AtlasDatabase address, CancellationToken cancellation)
    {
        await using var source = address.CreateDataSource();
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            return null;
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
        {
            return failure;
        }
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is PostgresNotInstalledException or PrivatePostgresException)
        {
            throw new CommandFailedException(ExitCode.CannotStart, failure.Message, failure);
        }
    }
}
