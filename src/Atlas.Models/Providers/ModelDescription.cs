using Atlas.Learning.Options;

namespace Atlas.Models.Providers;

/// <summary>The model behind a client. Clients of <see cref="ChatClientFactory"/> provide it as a service.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The model's name as it is sent to the provider.</param>
/// <param name="TakesJsonSchema">Whether the model accepts a JSON schema for its answers.</param>
public sealed record ModelDescription(LlmProvider Provider, string Model, bool TakesJsonSchema);
