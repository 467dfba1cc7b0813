namespace Atlas.Models.Providers;

/// <summary>Why a model gave no answer.</summary>
public enum ModelFailure
{
    /// <summary>The parameters cannot work: no key, no address, a provider that is not available.</summary>
    Configuration,

    /// <summary>The provider does not accept the key, or the key may not use the model.</summary>
    NotAllowed,

    /// <summary>The provider does not accept the call as it is.</summary>
    BadRequest,

    /// <summary>Too many calls, here or at the provider.</summary>
    RateLimited,

    /// <summary>No answer within the time limit.</summary>
    TimedOut,

    /// <summary>The provider could not be reached, or the connection was lost.</summary>
    Unreachable,

    /// <summary>The provider has trouble of its own.</summary>
    ServerError,

    /// <summary>Calls failed so often that the next ones are not made for a while.</summary>
    CircuitOpen,

    /// <summary>Something answered that does not speak the provider's protocol.</summary>
    Unreadable,

    /// <summary>The model answered with nothing.</summary>
    Empty,

    /// <summary>The answer broke off before its end.</summary>
    Incomplete,

    /// <summary>The model, or a filter around it, refused to answer.</summary>
    Refused,
}
