using System.ComponentModel.DataAnnotations;

namespace Atlas.Hosting.Settings;

/// <summary>The section <c>Atlas:Silo</c>: this process within its cluster.</summary>
public sealed class SiloSettings
{
    public const string Section = "Atlas:Silo";

    /// <summary>Gets or sets the name of the silo, unique within the cluster.</summary>
    /// <value>The default is <c>silo-1</c>.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Atlas:Silo:Name is empty. Give this silo a name that is unique in the cluster, for example silo-1.")]
    public string Name { get; set; } = "silo-1";

    /// <summary>Gets or sets the port for other silos.</summary>
    /// <value>The default is 11111.</value>
    [Range(1, 65535, ErrorMessage = "Atlas:Silo:Port is not a valid port. Choose a number from 1 to 65535.")]
    public int Port { get; set; } = 11111;

    /// <summary>Gets or sets the port for cluster clients.</summary>
    /// <value>The default is 30000.</value>
    [Range(1, 65535, ErrorMessage = "Atlas:Silo:GatewayPort is not a valid port. Choose a number from 1 to 65535.")]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Gets or sets the IP address at which other silos and clients reach this one.</summary>
    /// <value>The default is 127.0.0.1.</value>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Atlas:Silo:Address is empty. Give an IP address, for example 127.0.0.1.")]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Gets or sets how grain states are written: <c>grouped</c>, many with one statement, or <c>adonet</c>, the Orleans provider
    /// with one statement each. Both use the same rows.</summary>
    /// <value>The default is <c>grouped</c>.</value>
    [AllowedValues(GrainStorageKind.Grouped, GrainStorageKind.AdoNet,
        ErrorMessage = "Atlas:Silo:GrainStorage is unknown. Choose grouped or adonet.")]
    public string GrainStorage { get; set; } = GrainStorageKind.Grouped;

    /// <summary>Gets or sets where the silo runs. A container or pod supplies its name and address; in Kubernetes the silo also tells the
    /// cluster about pods that are gone.</summary>
    /// <value>The default is <see cref="SiloHosting.Machine"/>.</value>
    [EnumDataType(typeof(SiloHosting), ErrorMessage = "Atlas:Silo:Hosting is unknown. Choose machine, container or kubernetes.")]
    public SiloHosting Hosting { get; set; } = SiloHosting.Machine;

    /// <summary>Gets or sets a value indicating whether the process only updates the database schema, as the user that owns the tables, and
    /// then exits. Silos started afterwards can run as users that are not allowed to change tables.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool OnlySchema { get; set; }

    /// <summary>Gets or sets the file to which the parent process redirects the silo's standard output; null for none. The silo does not
    /// open it, but truncates it when it gets too large.</summary>
    public string? LogFile { get; set; }

    /// <summary>Gets or sets the same file for standard error.</summary>
    public string? ErrorLogFile { get; set; }

    /// <summary>Gets or sets the size in bytes at which a log is truncated. One copy of the previous content is kept with the suffix
    /// <c>.1</c>.</summary>
    /// <value>The default is 20 MiB.</value>
    [Range(4096, 1L << 40, ErrorMessage = "Atlas:Silo:LogFileBytes is out of bounds. Choose 4096 bytes or more.")]
    public long LogFileBytes { get; set; } = 20 << 20;

    /// <summary>Gets or sets how the cluster detects that a silo died.</summary>
    public MembershipSettings Membership { get; set; } = new();
}
