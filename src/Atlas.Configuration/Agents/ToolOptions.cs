using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Configuration.Agents;

/// <summary>A tool as the agent sees it.</summary>
public sealed record ToolOptions
{
    /// <summary>The tool's name; no two tools share one.</summary>
    [Required]
    public required string Name { get; init; }

    /// <summary>What the tool does and when to use it.</summary>
    [Required]
    public required string Description { get; init; }

    /// <summary>What the tool is called with.</summary>
    public ToolParameterOptions Parameters { get; init; } = new();

    /// <summary>JSON schema of what the tool returns; given to the agent with the tool.</summary>
    /// <value>The default is none.</value>
    [JsonPropertyName("outputSchema")]
    public JsonElement? OutputSchema { get; init; }
}
