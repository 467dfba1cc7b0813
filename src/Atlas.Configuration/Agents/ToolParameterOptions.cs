using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atlas.Configuration.Agents;

/// <summary>A tool's arguments, as a JSON schema.</summary>
public sealed record ToolParameterOptions
{
    /// <summary>Always <c>object</c>.</summary>
    /// <value>The default is <c>object</c>.</value>
    [AllowedValues("object", ErrorMessage = "must be object")]
    public string Type { get; init; } = "object";

    /// <summary>The arguments by name, each a JSON schema.</summary>
    /// <value>The default is none.</value>
    public JsonElement Properties { get; init; } = FreeForm.Empty;

    /// <summary>The mandatory arguments. Each must be listed in <c>properties</c>.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<string> Required { get; init; } = [];

    /// <summary>Whether the tool takes arguments that <c>properties</c> does not name.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    [JsonPropertyName("additionalProperties")]
    public bool AdditionalProperties { get; init; }
}
