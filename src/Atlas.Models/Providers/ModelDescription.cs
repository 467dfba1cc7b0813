using Atlas.Learning.Options;

namespace Atlas.Models.Providers;

/// <summary>Which model stands behind a client; clients of <see cref="ChatClientFactory"/> give it as a service.</summary>
/// <param name="Provider">Who answers.</param>
/// <param name="Model">The model's name as the provider is told it.</param>
/// <param name="TakesJsonSchema">Whether answers can be bound to a JSON schema.</param>
public sealed record ModelDescription(LlmProvider Provider, string Model, bool TakesJsonSchema);
