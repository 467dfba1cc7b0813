using Atlas.Cli.Invocation;
using Atlas.Cli.Up;
using Atlas.Client;

namespace Atlas.Cli.Database;

/// <summary>Connects a command to the cluster.</summary>
internal sealed class ClusterAccess(CommandContext context)
{
    /// <exception cref="CommandFailedException">Nothing runs that could be connected to.</exception>
    public async Task<IAtlasClient> ConnectAsync(CancellationToken cancellation)
    {
        var database = new DatabaseHost(context).Require();
        if (database.Private && new SiloRegister(context.Home).Running().Count == 0)
        {
            // Only silos of this workspace use its private database, so there is no need to look further.
            throw new CommandFailedException(ExitCode.NotRunning, "No silo runs here. Start one with `atlas up --detach`.");
        }

        return await AtlasClient.ConnectAsync(new AtlasClientOptions { DatabaseUrl = database.ConnectionString }, cancellation);
    }
}
