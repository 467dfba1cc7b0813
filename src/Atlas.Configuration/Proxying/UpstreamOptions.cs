using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Atlas.Learning.Options;

namespace Atlas.Configuration.Proxying;

/// <summary>A service of language models behind the proxy.</summary>
public sealed record UpstreamOptions
{
    /// <summary>Address of the service. Whatever follows <c>/proxy/NAME</c> in a call is appended to it.</summary>
    [RegularExpression(@"^https?://[^\s?#]+$", ErrorMessage = "must be an absolute http or https address without a query")]
    public required string BaseUrl { get; init; }

    /// <summary>How the service expects its key.</summary>
    /// <value>The default is <c>openai</c>, except <c>anthropic</c> for the service of that name.</value>
    public UpstreamProtocol? Protocol { get; init; }

    /// <summary>Name of the environment variable with the service's key; never the key itself.</summary>
    /// <value>The default is none: the caller's own key is passed through.</value>
    [RegularExpression("^(?!AIza|AKIA|sk_|xai_)[A-Za-z_][A-Za-z0-9_]{0,63}$", ErrorMessage = "must be the name of an environment variable, not a key")]
    public string? ApiKeyEnv { get; init; }

    /// <summary>How many seconds the service may be silent during a call.</summary>
    /// <value>The default is 900.0.</value>
    [Range(1d, 86_400d)]
    public double TimeoutSeconds { get; init; } = 900.0;

    /// <summary>Prices of its models' tokens, by model name. Budgets in dollars use them.</summary>
    /// <value>The default is none: dollars are not counted.</value>
    public ImmutableSortedDictionary<string, TokenPrice> Prices { get; init; } =
        ImmutableSortedDictionary.Create<string, TokenPrice>(StringComparer.Ordinal);
}
