using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Configuration.Agents;

/// <summary>A tool as the agent sees it.</summary>
public sealed record ToolOptions
{
    /// <summary>The tool's name, unique among the agent's tools.</summary>
    [Required]
    public required string Name { get; init; }

    /// <summary>What the tool does and when to use it.</summary>
    [Required]
    public required string Description { get; init; }

    /// <summary>The arguments of the tool.</summary>
    public ToolParameterOptions Parameters { get; init; } = new();

    /// <summary>JSON schema of the tool's result. The agent gets it together with the tool.</summary>
    /// <value>The default is none.</value>
    [JsonPropertyName("outputSchema")]
    public JsonElement? OutputSchema { get; init; }
}
