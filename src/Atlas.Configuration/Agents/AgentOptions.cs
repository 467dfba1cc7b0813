using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Atlas.Configuration.Agents;

/// <summary>The block <c>agent</c>: what does the tasks. Its <c>type</c> decides which further keys it has.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HttpAgentOptions), "http_api")]
[JsonDerivedType(typeof(ChatAgentOptions), "litellm")]
public abstract record AgentOptions
{
    /// <summary>The agent's name. It is part of the learning key, so a new name starts learning from scratch.</summary>
    [Required]
    public required string Name { get; init; }

    /// <summary>The agent's own system prompt.</summary>
    [Required]
    public required string SystemPrompt { get; init; }

    /// <summary>The tools the agent can use.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<ToolOptions> Tools { get; init; } = [];

    /// <summary>MCP servers whose tools the agent can use as well.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<ToolServerOptions> McpServers { get; init; } = [];
}
