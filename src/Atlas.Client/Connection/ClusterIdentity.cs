using Atlas.Database;
using Atlas.Learning.Text;

namespace Atlas.Client.Connection;

/// <summary>Identifies a cluster, even while it is unreachable.</summary>
/// <param name="Name">16 hexadecimal digits, the same for the same cluster id, host, port and database, or for the same gateways.</param>
internal sealed record ClusterIdentity(string Name)
{
    private const string Key = "Atlas.Cluster";

    // Without user and password, which can change while the cluster stays the same.
    public static ClusterIdentity Of(AtlasDatabase database, string clusterId) =>
        new(Sha256Text.Hex($"{database.DisplayName}\n{clusterId}")[..16]);

    public static ClusterIdentity Of(IEnumerable<string> gateways, string clusterId) =>
        new(Sha256Text.Hex($"{string.Join(' ', gateways.Select(one => one.Trim()).Order(StringComparer.Ordinal))}\n{clusterId}")[..16]);

    /// <summary>Attaches the name of the cluster to a failure to connect.</summary>
    public static void Tell(Exception failure, string name) => failure.Data[Key] = name;

    /// <summary>Returns the name of the cluster that a failure to connect is about; null if it carries none.</summary>
    public static string? ToldBy(Exception failure) => failure.Data[Key] as string;
}
