using Atlas.Contracts;
using Orleans.Runtime;

namespace Atlas.Client;

/// <summary>Converts the many forms of an unreachable cluster into one exception with a message that says what to do.</summary>
internal static class Failures
{
    // Orleans also wraps failures to activate a grain. A silo that cannot place a call cancels it.
    private static bool IsUnreachable(Exception failure, CancellationToken cancellationToken) =>
        failure is OrleansException or TimeoutException or ClientNotAvailableException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>Determines whether the same call can succeed a little later.</summary>
    /// <param name="failure">The failure of the call.</param>
    /// <param name="cancellationToken">The caller's token: what it cancelled is not a failure.</param>
    public static bool IsPassing(Exception failure, CancellationToken cancellationToken) =>
        IsUnreachable(failure, cancellationToken) || failure is AtlasUnavailableException;

    /// <summary>Determines whether the call was rejected before any silo started it.</summary>
    /// <remarks>A silo that died during the call may have carried it out.</remarks>
    public static bool NeverArrived(Exception failure) =>
        failure is OrleansMessageRejectionException and not SiloUnavailableException or GatewayTooBusyException;

    /// <summary>Awaits a call to a grain.</summary>
    /// <exception cref="AtlasUnavailableException">No silo answered.</exception>
    public static async Task<T> CallAsync<T>(Task<T> call, CancellationToken cancellationToken = default)
    {
        try
        {
            return await call.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsUnreachable(failure, cancellationToken))
        {
            throw Unreachable(failure);
        }
    }

    private static Exception Unreachable(Exception failure)
    {
        for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
        {
            if (cause is AtlasUnavailableException told)
            {
                return new AtlasUnavailableException(told.Message, failure);
            }

            if (cause is AtlasRefusedException refused)
            {
                return new AtlasRefusedException(refused.Message, failure);
            }
        }

        return new AtlasUnavailableException(
            "No silo answered in time. Check what is running with `atlas status`, then send the request again.", failure);
    }

    public static AtlasUnavailableException NoCluster(AtlasClientOptions options, Exception failure) => new(
        $"No silo of the cluster '{options.ClusterId}' can be reached{(options.Gateways.Count == 0 ? "" : $" at {string.Join(", ", options.Gateways)}")}. "
        + "Start one with `atlas up`, or check what is running with `atlas status`. "
        + (string.IsNullOrEmpty(options.Tls.Certificate)
            ? "If the silos use TLS, they reject a client without a certificate: set Atlas:Tls."
            : "This client has a certificate: silos that do not use TLS, or that trust another authority, reject it."),
        failure);

    public static AtlasRefusedException NoCredential(string clusterId) => new(
        $"The cluster '{clusterId}' has a secret, so this client needs a credential. Create one with `atlas credential create NAME` and set it in ATLAS_CREDENTIAL, or "
        + "in AtlasClientOptions.Credential (Atlas:Client:Credential in the configuration).");
}
