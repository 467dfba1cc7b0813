using Atlas.Cli.Output;

namespace Atlas.Cli.Up;

/// <summary>Prints what is running where, for people.</summary>
internal static class ClusterSummary
{
    public static void Write(RunningCluster cluster, Terminal terminal)
    {
        if (cluster.Started.Count == 0)
        {
            terminal.Data("Atlas is already running.");
        }
        else if (cluster.Started.Count < cluster.Silos.Count)
        {
            terminal.Data($"Added {string.Join(", ", cluster.Started.Select(silo => silo.Name))} to the running silos.");
        }

        var kind = cluster.Database.Private ? "private PostgreSQL" : "PostgreSQL";
        terminal.Data($"database   {cluster.Database.Address.DisplayName} ({kind})");
        foreach (var silo in cluster.Silos)
        {
            terminal.Data($"{silo.Name,-10} process {silo.Process.Pid}, clients at {silo.Ports.GatewayAddress}");
            terminal.Data($"health     {new Uri(silo.Ports.HttpAddress, "/health")}");
            terminal.Data($"dashboard  {new Uri(silo.Ports.HttpAddress, "/orleans")}");
            terminal.Data($"log        {silo.Log}");
        }
    }
}
