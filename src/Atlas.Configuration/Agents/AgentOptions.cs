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
    /// <summary>The agent's name. Part of the learning key: another name starts learning anew.</summary>
    [Required]
    public required string Name { get; init; }

    /// <summary>What the agent is told about itself.</summary>
    [Required]
    public required string SystemPrompt { get; init; }

    /// <summary>The tools the agent may use.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<ToolOptions> Tools { get; init; } = [];

    /// <summary>MCP servers whose tools the agent may use besides.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<ToolServerOptions> McpServers { get; init; } = [];
}
