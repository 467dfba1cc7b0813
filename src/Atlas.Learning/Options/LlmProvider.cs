using System.Text.Json.Serialization;

namespace Atlas.Learning.Options;

/// <summary>Who answers the calls of a language model.</summary>
public enum LlmProvider
{
    /// <summary>OpenAI, or any server that speaks its protocol when <c>api_base</c> is given.</summary>
    [JsonStringEnumMemberName("openai")]
    OpenAI,

    /// <summary>Anthropic.</summary>
    Anthropic,

    /// <summary>OpenAI models hosted on Azure.</summary>
    [JsonStringEnumMemberName("azure-openai")]
    AzureOpenAI,

    /// <summary>Amazon Bedrock.</summary>
    Bedrock,

    /// <summary>The older name of <see cref="Gemini"/>.</summary>
    Google,

    /// <summary>Google's Gemini models.</summary>
    Gemini,

    /// <summary>xAI.</summary>
    [JsonStringEnumMemberName("xai")]
    XAI,

    /// <summary>Scripted answers without a network: for tests, demonstrations and the quickstart.</summary>
    Offline,
}
