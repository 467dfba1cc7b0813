namespace Atlas.Discovery.Findings;

/// <summary>A place where a language model is called or configured.</summary>
/// <param name="Source">The class or function that creates the client.</param>
/// <param name="Provider">The provider as the configuration names it: <c>openai</c>, <c>anthropic</c>, …; null if unknown.</param>
/// <param name="Model">The model's name; null if it is not in the source.</param>
/// <param name="ApiKeyVariable">The environment variable with the key; null if none is read there.</param>
/// <param name="Address">The service's address, if it is not the provider's own.</param>
/// <param name="At">The location.</param>
public sealed record ChatClientFinding(
    string Source, string? Provider, string? Model, string? ApiKeyVariable, string? Address, SourceLocation At);
