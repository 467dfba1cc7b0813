using System.Text.Json;
using Atlas.Learning.Options;

namespace Atlas.Configuration;

/// <summary>A language model that a configuration names.</summary>
/// <param name="Path">Where, as in <c>rim.small_model</c>.</param>
/// <param name="Model">Which one, and how it is called.</param>
public sealed record ConfiguredModel(string Path, LlmParameters Model)
{
    /// <summary>Whether it is given tools.</summary>
    public bool HasTools { get; init; }

    /// <summary>The form its answers are to have, as <c>agent.response_format</c> says; null for none.</summary>
    public JsonElement? ResponseFormat { get; init; }
}
