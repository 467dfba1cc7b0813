namespace Atlas.Models.Providers;

/// <summary>Why a model gave no answer.</summary>
public enum ModelFailure
{
    /// <summary>The parameters cannot work: no key, no address, or a provider that is not available.</summary>
    Configuration,

    /// <summary>The provider does not accept the key, or the key is not allowed to use the model.</summary>
    NotAllowed,

    /// <summary>The provider does not accept the call as it is.</summary>
    BadRequest,

    /// <summary>There were too many calls, here or at the provider.</summary>
    RateLimited,

    /// <summary>There was no answer within the time limit.</summary>
    TimedOut,

    /// <summary>The provider was unreachable, or the connection was lost.</summary>
    Unreachable,

    /// <summary>The provider had an internal error.</summary>
    ServerError,

    /// <summary>Calls failed so often that none are made for a while.</summary>
    CircuitOpen,

    /// <summary>The server does not speak the provider's protocol.</summary>
    Unreadable,

    /// <summary>The model's answer was empty.</summary>
    Empty,

    /// <summary>The answer ended too early.</summary>
    Incomplete,

    /// <summary>The model, or a filter around it, refused to answer.</summary>
    Refused,
}
