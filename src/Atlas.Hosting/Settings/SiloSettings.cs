using System.ComponentModel.DataAnnotations;

namespace Atlas.Hosting.Settings;

/// <summary>The section <c>Atlas:Silo</c>: this process within its cluster.</summary>
public sealed class SiloSettings
{
    public const string Section = "Atlas:Silo";

    /// <summary>Name of the silo, unique within the cluster.</summary>
    /// <value>The default is <c>silo-1</c>.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Atlas:Silo:Name is empty. Give this silo a name that is unique in the cluster, for example silo-1.")]
    public string Name { get; set; } = "silo-1";

    /// <summary>Port for other silos.</summary>
    /// <value>The default is 11111.</value>
    [Range(1, 65535, ErrorMessage = "Atlas:Silo:Port is no port. Choose a number from 1 to 65535.")]
    public int Port { get; set; } = 11111;

    /// <summary>Port for cluster clients.</summary>
    /// <value>The default is 30000.</value>
    [Range(1, 65535, ErrorMessage = "Atlas:Silo:GatewayPort is no port. Choose a number from 1 to 65535.")]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>The IP address at which other silos and clients reach this one.</summary>
    /// <value>The default is 127.0.0.1.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Atlas:Silo:Address is empty. Give an IP address, for example 127.0.0.1.")]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>How grain states are written: <c>grouped</c>, many with one statement, or <c>adonet</c>, Orleans' own provider,
    /// one statement each. Both use the same rows.</summary>
    /// <value>The default is <c>grouped</c>.</value>
    [AllowedValues(GrainStorageKind.Grouped, GrainStorageKind.AdoNet,
        ErrorMessage = "Atlas:Silo:GrainStorage is no way to write grain states. Choose grouped or adonet.")]
    public string GrainStorage { get; set; } = GrainStorageKind.Grouped;

    /// <summary>Where the silo runs. In a container or pod it takes name and address from there; in Kubernetes it also tells the
    /// cluster of pods that are gone.</summary>
    /// <value>The default is <see cref="SiloHosting.Machine"/>.</value>
    [EnumDataType(typeof(SiloHosting), ErrorMessage = "Atlas:Silo:Hosting is unknown. Choose machine, container or kubernetes.")]
    public SiloHosting Hosting { get; set; } = SiloHosting.Machine;

    /// <summary>How the cluster finds out that a silo died.</summary>
    public MembershipSettings Membership { get; set; } = new();
}
