using System.Text.Json.Serialization;

namespace Atlas.Configuration.Proxying;

/// <summary>How a service takes its key.</summary>
public enum UpstreamProtocol
{
    /// <summary>As <c>Authorization: Bearer</c>.</summary>
    [JsonStringEnumMemberName("openai")]
    OpenAI,

    /// <summary>As <c>x-api-key</c>.</summary>
    Anthropic,
}
