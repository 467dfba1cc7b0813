using Atlas.Cli.Invocation;
using Atlas.Cli.Up;
using Atlas.Client;

namespace Atlas.Cli.Database;

/// <summary>Connects a command to the cluster.</summary>
internal sealed class ClusterAccess(CommandContext context)
{
    /// <exception cref="CommandFailedException">No silo is running to connect to.</exception>
    public Task<IAtlasClient> ConnectAsync(CancellationToken cancellation) => ConnectAsync(linksDiscovery: true, cancellation);

    /// <param name="linksDiscovery">Whether sessions started here run in the environment of this folder; recorded sessions did not.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="CommandFailedException">No silo is running to connect to.</exception>
    public async Task<IAtlasClient> ConnectAsync(bool linksDiscovery, CancellationToken cancellation)
    {
        var database = new DatabaseHost(context).Require();
        if (database.Private && new SiloRegister(context.Home).Running().Count == 0)
        {
            // Only silos of this workspace use its private database, so there is no need to look further.
            throw new CommandFailedException(ExitCode.NotRunning, "No silo is running here. Start one with `atlas up --detach`.");
        }

        return new AuditedClient(
            await AtlasClient.ConnectAsync(
                new AtlasClientOptions
                {
                    DatabaseUrl = database.ConnectionString,
                    LinksDiscovery = linksDiscovery,
                    Tls = ClusterTls.Options,
                    Credential = new ClusterSecretAccess(context).Credential(),
                },
                cancellation),
            context);
    }
}
