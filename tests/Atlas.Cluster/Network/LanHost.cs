namespace Atlas.Cluster.Network;

/// <summary>A host of a <see cref="Lan"/>.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Number">The last number of its address.</param>
/// <param name="Address">Its IP address.</param>
/// <param name="Namespace">Its network namespace; null for the one of this process.</param>
/// <param name="Device">Its device.</param>
/// <param name="Wire">The other end of the device.</param>
internal sealed record LanHost(string Name, int Number, string Address, string? Namespace, string Device, TunDevice Wire)
{
    /// <summary>What to put before a command so that it runs on this host.</summary>
    public string[] Prefix => Namespace is null ? [] : ["ip", "netns", "exec", Namespace];
}
