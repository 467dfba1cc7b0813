using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Alerting;

/// <summary>The block <c>alerts.webhook</c>: the address that a silo posts alarms to. The requests are signed like those of
/// <c>proxy.outcome</c>.</summary>
public sealed record AlertWebhookOptions
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

    /// <summary>Number of attempts before the silo gives up and logs that the alert was not delivered.</summary>
    /// <value>The default is 6.</value>
    [Range(1, 20)]
    public int Attempts { get; init; } = 6;
}
