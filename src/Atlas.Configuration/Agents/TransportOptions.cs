using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Atlas.Learning.Options;

namespace Atlas.Configuration.Agents;

/// <summary>The block <c>agent.transport</c>: where an HTTP agent is, and how it is called.</summary>
public sealed record TransportOptions
{
    /// <summary>The address that receives the POST requests.</summary>
    [RegularExpression(@"^https?://\S+$", ErrorMessage = "must be an absolute http or https address")]
    public required string BaseUrl { get; init; }

    /// <summary>Headers sent with every request. Their values are never shown.</summary>
    /// <value>The default is none.</value>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Time limit for one request, in seconds; 0 means no limit.</summary>
    /// <value>The default is 60.0.</value>
    [Range(0d, double.MaxValue)]
    public double TimeoutSeconds { get; init; } = 60.0;

    /// <summary>How often a failed request is retried.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>The address only, without a password it may contain.</summary>
    public override string ToString() => Checking.Secrets.MaskUrl(BaseUrl);
}
