using Atlas.Models.Providers.Wire;

namespace Atlas.Models.Providers;

/// <summary>The exception thrown if a model gives no answer. The message is a sentence for the operator of Atlas and never contains a key.</summary>
public sealed class ModelException : Exception
{
    public ModelException(ModelFailure failure, string message) : base(message) => Failure = failure;

    public ModelException(ModelFailure failure, string message, Exception inner) : base(message, inner) => Failure = failure;

    /// <summary>Gets the kind of failure.</summary>
    public ModelFailure Failure { get; }

    /// <summary>Gets the provider's HTTP status; null if it did not answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Gets the reason that the provider gave; null if it gave none.</summary>
    internal ProviderReason? Reason { get; init; }

    /// <summary>Gets a value indicating whether the same call can succeed later without any change.</summary>
    public bool IsTransient => Failure is ModelFailure.RateLimited or ModelFailure.TimedOut or ModelFailure.Unreachable
        or ModelFailure.ServerError or ModelFailure.Incomplete or ModelFailure.CircuitOpen;
}
