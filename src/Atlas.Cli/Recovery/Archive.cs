using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Postgres;

namespace Atlas.Cli.Recovery;

/// <summary>Runs PostgreSQL's programs on a database of this workspace; their errors become the message of the command.</summary>
internal static class Archive
{
    public static async Task RunAsync(DatabaseRecord record, Func<PostgresArchive, Task> work, CancellationToken cancellation)
    {
        try
        {
            await work(await PostgresArchive.OfAsync(record.Address.UriWithoutPassword, record.Address.ConnectionString, cancellation));
        }
        catch (Exception failure) when (failure is PrivatePostgresException or PostgresNotInstalledException)
        {
            throw new CommandFailedException(ExitCode.Failed, failure.Message, failure);
        }
    }
}
