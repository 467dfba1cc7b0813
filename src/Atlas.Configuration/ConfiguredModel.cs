using Atlas.Learning.Options;

namespace Atlas.Configuration;

/// <summary>A language model that a configuration names.</summary>
/// <param name="Path">Where, as in <c>rim.small_model</c>.</param>
/// <param name="Model">Which one, and how it is called.</param>
public sealed record ConfiguredModel(string Path, LlmParameters Model);
