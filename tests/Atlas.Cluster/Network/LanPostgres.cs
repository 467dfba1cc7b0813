using System.Globalization;
using Atlas.Postgres;

namespace Atlas.Cluster.Network;

/// <summary>Starts a private PostgreSQL on a host of a <see cref="Lan"/>.</summary>
internal static class LanPostgres
{
    /// <returns>The server, which can be stopped from anywhere, and its address on the network.</returns>
    public static async Task<(PrivatePostgres Server, string Address)> StartAsync(PrivatePostgresOptions options, LanHost host)
    {
        // Made and given its database on this machine's own loopback, as it is used to.
        var server = new PrivatePostgres(options);
        await server.StartAsync();
        await server.StopAsync();

        var files = new ClusterFiles(options.Directory);
        await File.AppendAllTextAsync(Path.Combine(files.Data, "pg_hba.conf"), $"host all all {host.Address}/24 scram-sha-256\n");
        var there = options with { Settings = new Dictionary<string, string>(options.Settings) { ["listen_addresses"] = host.Address } };
        var identity = await ServerIdentityChooser.ChooseAsync(CancellationToken.None);
        var binaries = await new PostgresFinder().FindAsync(null, files.Major, CancellationToken.None);
        await new ServerLauncher(files, there, TimeProvider.System).StartAsync(
            binaries, identity with { Prefix = [.. host.Prefix, .. identity.Prefix] }, CancellationToken.None);
        return (server, string.Create(CultureInfo.InvariantCulture,
            $"postgresql://{ClusterMaker.User}:{files.ReadPassword()}@{host.Address}:{files.ReadPort()}/{options.Database}"));
    }
}
