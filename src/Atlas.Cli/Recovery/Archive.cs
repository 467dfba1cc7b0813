using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Postgres;

namespace Atlas.Cli.Recovery;

/// <summary>PostgreSQL's programs for a database of this workspace; what they say in trouble becomes a sentence of the command.</summary>
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
