using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Proxying;

/// <summary>The block <c>proxy.outcome</c>: who is asked for a session's reward when the proxy ends the session. Only the operator can set
/// an address, never a caller.</summary>
public sealed record OutcomeOptions
{
    /// <summary>Address to post to. Redirects are not followed; a redirect counts as a failure.</summary>
    [RegularExpression(@"^https?://[^\s?#@]+$", ErrorMessage = "must be an absolute http or https address without user, query or fragment")]
    public required string Url { get; init; }

    /// <summary>Name of the environment variable with the secret that signs the requests; never the secret itself.</summary>
    /// <value>The default is none: the requests are not signed.</value>
    [RegularExpression("^[A-Za-z_][A-Za-z0-9_]{0,63}$", ErrorMessage = "must be the name of an environment variable, not a secret")]
    public string? SecretEnv { get; init; }

    /// <summary>Time limit for one attempt, in seconds.</summary>
    /// <value>The default is 10.0.</value>
    [Range(0.1d, 300d)]
    public double TimeoutSeconds { get; init; } = 10.0;

    /// <summary>Number of attempts before the session ends without a reward from this address.</summary>
    /// <value>The default is 4.</value>
    [Range(1, 10)]
    public int Attempts { get; init; } = 4;
}
