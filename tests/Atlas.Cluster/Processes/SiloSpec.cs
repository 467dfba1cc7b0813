using Atlas.Cluster.Network;

namespace Atlas.Cluster.Processes;

/// <summary>A silo that can be started again and again at the same place.</summary>
/// <param name="Name">Its name in the cluster.</param>
/// <param name="Port">For other silos.</param>
/// <param name="Gateway">For clients.</param>
/// <param name="Http">For health.</param>
/// <param name="Host">Where it runs on a network of its own; null for this machine's loopback.</param>
internal sealed record SiloSpec(string Name, int Port, int Gateway, int Http, LanHost? Host = null)
{
    public string Address => Host?.Address ?? "127.0.0.1";
}
