using Atlas.Models.Providers.Wire;

namespace Atlas.Models.Providers;

/// <summary>A model gave no answer. The message is a sentence for whoever runs Atlas and never holds a key.</summary>
public sealed class ModelException : Exception
{
    public ModelException(ModelFailure failure, string message) : base(message) => Failure = failure;

    public ModelException(ModelFailure failure, string message, Exception inner) : base(message, inner) => Failure = failure;

    /// <summary>What kind of failure it is.</summary>
    public ModelFailure Failure { get; }

    /// <summary>The provider's HTTP status; null if it did not answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What the provider said; null if it said nothing.</summary>
    internal ProviderReason? Reason { get; init; }

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public bool IsTransient => Failure is ModelFailure.RateLimited or ModelFailure.TimedOut or ModelFailure.Unreachable
        or ModelFailure.ServerError or ModelFailure.Incomplete or ModelFailure.CircuitOpen;
}
