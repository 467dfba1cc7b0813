using System.Data.Common;
using Atlas.Cli.Invocation;
using Atlas.Database;
using Atlas.Queries;

namespace Atlas.Cli.Database;

/// <summary>Lets a command read the database, and explains what to start if it cannot.</summary>
internal sealed class DatabaseAccess(CommandContext context)
{
    private static readonly AtlasDatabaseOptions ForReading = new()
    {
        MinConnections = 0,
        MaxConnections = 4,
        MaxAutoPrepare = 0,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        ApplicationName = "atlas-cli",
    };

    /// <exception cref="CommandFailedException">There is no database, or it does not answer.</exception>
    public async Task<T> ReadAsync<T>(Func<AtlasQueries, Task<T>> query)
    {
        var record = new DatabaseHost(context).Require();
        await using var source = AtlasQueries.Of(Parse(record.ConnectionString));
        try
        {
            return await query(source);
        }
        catch (DbException missing) when (AtlasQueries.IsWithoutTables(missing))
        {
            throw new CommandFailedException(
                ExitCode.NotRunning,
                $"The database {record.Address.DisplayName} has no Atlas tables yet. Create them with `atlas up --detach`.",
                missing);
        }
        catch (DbException failure)
        {
            throw new CommandFailedException(ExitCode.NotRunning, Unreachable(record, failure), failure);
        }
    }

    /// <summary>Returns the message for a database that cannot be used.</summary>
    public static string Unreachable(DatabaseRecord record, Exception failure) => record.Private && failure is not DatabaseEncodingException
        ? "The private PostgreSQL is not running. Start it with `atlas up --detach`."
        : failure is DatabaseUnavailableException or DatabaseEncodingException
            ? failure.Message
            : DatabaseFailure.Of(failure, record.Address)?.ToString() ?? failure.Message;

    /// <exception cref="CommandFailedException">The text is not the address of a database.</exception>
    public static AtlasDatabase Parse(string address)
    {
        try
        {
            return AtlasDatabase.Parse(address, ForReading);
        }
        catch (DatabaseAddressException wrong)
        {
            throw new CommandFailedException(ExitCode.Usage, wrong.Message, wrong);
        }
    }
}
