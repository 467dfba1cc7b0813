using System.Text.Json;
using Atlas.Learning.Options;

namespace Atlas.Configuration.Agents;

/// <summary>An agent that is a language model with tools.</summary>
public sealed record ChatAgentOptions : AgentOptions
{
    /// <summary>The model. Here, the provider <c>google</c> is written <c>gemini</c>.</summary>
    public required LlmParameters Llm { get; init; }

    /// <summary>The format an answer must have, in the provider's own notation.</summary>
    /// <value>The default is none.</value>
    public JsonElement? ResponseFormat { get; init; }

    /// <summary>How much of the session's metadata the model sees.</summary>
    public MetadataDigestOptions MetadataDigest { get; init; } = new();
}
