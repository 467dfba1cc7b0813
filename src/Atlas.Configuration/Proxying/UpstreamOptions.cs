using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Atlas.Learning.Options;

namespace Atlas.Configuration.Proxying;

/// <summary>A service of language models behind the proxy.</summary>
public sealed record UpstreamOptions
{
    /// <summary>Address of the service; what stands behind <c>/proxy/NAME</c> is put behind it.</summary>
    [RegularExpression(@"^https?://[^\s?#]+$", ErrorMessage = "must be an absolute http or https address without a query")]
    public required string BaseUrl { get; init; }

    /// <summary>How the service takes its key.</summary>
    /// <value>The default is <c>openai</c>; of the service that is named <c>anthropic</c>, that.</value>
    public UpstreamProtocol? Protocol { get; init; }

    /// <summary>Name of the environment variable that holds the service's key; never the key itself.</summary>
    /// <value>The default is none: the caller's own key is passed through.</value>
    [RegularExpression("^(?!AIza|AKIA|sk_|xai_)[A-Za-z_][A-Za-z0-9_]{0,63}$", ErrorMessage = "must be the name of an environment variable, not a key")]
    public string? ApiKeyEnv { get; init; }

    /// <summary>Seconds for which the service may be silent within a call.</summary>
    /// <value>The default is 900.0.</value>
    [Range(1d, 86_400d)]
    public double TimeoutSeconds { get; init; } = 900.0;

    /// <summary>What the tokens of its models cost, by the model's name; budgets in dollars count by it.</summary>
    /// <value>The default is none: dollars are not counted.</value>
    public ImmutableSortedDictionary<string, TokenPrice> Prices { get; init; } =
        ImmutableSortedDictionary.Create<string, TokenPrice>(StringComparer.Ordinal);
}
