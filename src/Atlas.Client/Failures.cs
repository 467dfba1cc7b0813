using Atlas.Contracts;
using Orleans.Runtime;

namespace Atlas.Client;

/// <summary>Turns the many ways in which a cluster can be out of reach into one, with a sentence that says what to do.</summary>
internal static class Failures
{
    // Orleans wraps what went wrong while a grain was activated, too. A silo that knows no place for a call cancels it.
    private static bool IsUnreachable(Exception failure, CancellationToken cancellationToken) =>
        failure is OrleansException or TimeoutException or ClientNotAvailableException
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>Whether the same call may succeed a little later.</summary>
    /// <param name="failure">What became of the call.</param>
    /// <param name="cancellationToken">The caller's: what that cancelled has not failed.</param>
    public static bool IsPassing(Exception failure, CancellationToken cancellationToken) =>
        IsUnreachable(failure, cancellationToken) || failure is AtlasUnavailableException;

    /// <summary>Whether the call was turned away before any silo began with it.</summary>
    /// <remarks>A silo that died with the call in its hands may have carried it out.</remarks>
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
            "No silo answered in time. See what runs with `atlas status`, then send the request again.", failure);
    }

    public static AtlasUnavailableException NoCluster(AtlasClientOptions options, Exception failure) => new(
        $"No silo of the cluster '{options.ClusterId}' can be reached{(options.Gateways.Count == 0 ? "" : $" at {string.Join(", ", options.Gateways)}")}. "
        + "Start one with `atlas up`, or see what runs with `atlas status`. "
        + (string.IsNullOrEmpty(options.Tls.Certificate)
            ? "Silos with TLS turn a client without a certificate away: see Atlas:Tls."
            : "This client has a certificate: silos without TLS, or with another authority, turn it away."),
        failure);

    public static AtlasRefusedException NoCredential(string clusterId) => new(
        $"The cluster '{clusterId}' has a secret, so this client needs a credential. `atlas credential create NAME` makes it; give it with ATLAS_CREDENTIAL, or "
        + "with AtlasClientOptions.Credential (Atlas:Client:Credential in the configuration).");
}
