using Atlas.Contracts;
using Orleans.Runtime;

namespace Atlas.Client;

/// <summary>Turns the many ways in which a cluster can be out of reach into one, with a sentence that says what to do.</summary>
internal static class Failures
{
    public static bool IsUnreachable(Exception failure) =>
        failure is SiloUnavailableException or TimeoutException or OrleansMessageRejectionException or GatewayTooBusyException
            or ClientNotAvailableException;

    public static AtlasUnavailableException Unreachable(Exception failure) => new(
        "No silo answered in time. See what runs with `atlas status`, then send the request again.", failure);

    public static AtlasUnavailableException NoCluster(string clusterId, Exception failure) => new(
        $"No silo of the cluster '{clusterId}' can be reached. Start one with `atlas up`, or see what runs with `atlas status`.",
        failure);
}
