using Atlas.Cli.Invocation;
using Atlas.Storage.Connection;
using Npgsql;

namespace Atlas.Cli.Database;

/// <summary>Lets a command read the database, and says what to start if it cannot.</summary>
internal sealed class DatabaseAccess(CommandContext context)
{
    private static readonly AtlasDatabaseOptions _forReading = new()
    {
        MinConnections = 0,
        MaxConnections = 4,
        MaxAutoPrepare = 0,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        ApplicationName = "atlas-cli",
    };

    /// <exception cref="CommandFailedException">There is no database, or it does not answer.</exception>
    public async Task<T> ReadAsync<T>(Func<NpgsqlDataSource, Task<T>> query)
    {
        var record = new DatabaseHost(context).Require();
        await using var source = Parse(record.ConnectionString).CreateDataSource();
        try
        {
            return await query(source);
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new CommandFailedException(
                ExitCode.NotRunning,
                $"The database {record.Address.DisplayName} has no Atlas tables yet; `atlas up --detach` creates them.",
                missing);
        }
        catch (NpgsqlException failure)
        {
            throw new CommandFailedException(ExitCode.NotRunning, Unreachable(record, failure), failure);
        }
    }

    /// <summary>What to say of a database that does not answer.</summary>
    public static string Unreachable(DatabaseRecord record, Exception failure) => record.Private
        ? "The private PostgreSQL does not run. Start it with `atlas up --detach`."
        : $"The database {record.Address.DisplayName} does not answer: {failure.Message.TrimEnd('.')}. Start it, or name another "
            + $"one with {CallerSettings.DatabaseVariable}.";

    /// <exception cref="CommandFailedException">The text names no database.</exception>
    public static AtlasDatabase Parse(string address)
    {
        try
        {
            return AtlasDatabase.Parse(address, _forReading);
        }
        catch (DatabaseAddressException wrong)
        {
            throw new CommandFailedException(ExitCode.Usage, wrong.Message, wrong);
        }
    }
}
