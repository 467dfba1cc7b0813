using Atlas.Database;
using Atlas.Learning.Text;

namespace Atlas.Client.Connection;

/// <summary>Tells clusters apart, also while none of them can be reached.</summary>
/// <param name="Name">16 hexadecimal digits; the same for the same cluster id, host, port and database, or the same gateways.</param>
internal sealed record ClusterIdentity(string Name)
{
    private const string Key = "Atlas.Cluster";

    // User and password are left out: they change, and the cluster stays the same.
    public static ClusterIdentity Of(AtlasDatabase database, string clusterId) =>
        new(Sha256Text.Hex($"{database.DisplayName}\n{clusterId}")[..16]);

    public static ClusterIdentity Of(IEnumerable<string> gateways, string clusterId) =>
        new(Sha256Text.Hex($"{string.Join(' ', gateways.Select(one => one.Trim()).Order(StringComparer.Ordinal))}\n{clusterId}")[..16]);

    /// <summary>Notes with a failure to connect which cluster was meant.</summary>
    public static void Tell(Exception failure, string name) => failure.Data[Key] = name;

    /// <summary>Which cluster a failure to connect was about; null if it does not say.</summary>
    public static string? ToldBy(Exception failure) => failure.Data[Key] as string;
}
