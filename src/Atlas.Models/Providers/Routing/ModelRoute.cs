using System.Collections.Frozen;
using Atlas.Learning.Options;

namespace Atlas.Models.Providers.Routing;

/// <summary>Where the calls of a model go, and under which name.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Model">The name that is sent to the provider.</param>
/// <param name="Address">The address to which paths of the protocol are appended; null for the default of the vendor's package.</param>
internal sealed record ModelRoute(LlmProvider Provider, string Model, Uri? Address)
{
    private static readonly FrozenDictionary<string, LlmProvider> Prefixes = new Dictionary<string, LlmProvider>
    {
        ["openai"] = LlmProvider.OpenAI,
        ["anthropic"] = LlmProvider.Anthropic,
        ["azure"] = LlmProvider.AzureOpenAI,
        ["azure-openai"] = LlmProvider.AzureOpenAI,
        ["bedrock"] = LlmProvider.Bedrock,
        ["gemini"] = LlmProvider.Gemini,
        ["google"] = LlmProvider.Gemini,
        ["xai"] = LlmProvider.XAI,
        ["offline"] = LlmProvider.Offline,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the key for limits: models at the same address share them.</summary>
    public string Endpoint => $"{Provider}|{Address?.GetLeftPart(UriPartial.Authority)}";

    /// <summary>Reads provider, model and address from the parameters.</summary>
    /// <exception cref="ModelException">They do not fit together.</exception>
    public static ModelRoute Of(LlmParameters parameters, Func<string, string?> readVariable)
    {
        var (provider, model) = Named(parameters);
        return new(provider, model, Place(provider, model, parameters.ApiBase, readVariable));
    }

    /// <summary>Resolves a <c>provider/</c> prefix of the model's name, which decides as long as the provider has its default value.</summary>
    private static (LlmProvider Provider, string Model) Named(LlmParameters parameters)
    {
        var provider = parameters.Provider == LlmProvider.Google ? LlmProvider.Gemini : parameters.Provider;
        var model = parameters.Model.Trim();
        var slash = model.IndexOf('/', StringComparison.Ordinal);

        // Servers that offer the models of many vendors over OpenAI's protocol have such slashes in their own names.
        var ownNames = provider == LlmProvider.OpenAI && parameters.ApiBase is not null;
        if (ownNames || slash <= 0 || !Prefixes.TryGetValue(model[..slash], out var named))
        {
            return (provider, model);
        }

        if (named != provider && provider != LlmProvider.OpenAI)
        {
            throw new ModelException(
                ModelFailure.Configuration,
                $"The model '{model}' names the provider '{model[..slash]}', but 'provider' is '{NameOf(provider)}'. Use the same provider in both, or leave one out.");
        }

        return (named, model[(slash + 1)..]);
    }

    private static Uri? Place(LlmProvider provider, string model, string? apiBase, Func<string, string?> readVariable) => provider switch
    {
        LlmProvider.AzureOpenAI => WithPath(
            apiBase ?? throw new ModelException(
                ModelFailure.Configuration,
                $"The model '{model}' of azure-openai needs 'api_base', the address of the resource: https://<resource>.openai.azure.com."),
            "/openai/v1/"),
        LlmProvider.Bedrock => WithPath(apiBase ?? BedrockAddress(model, readVariable), "/openai/v1/"),
        LlmProvider.Gemini => WithPath(apiBase ?? "https://generativelanguage.googleapis.com", "/v1beta/openai/"),
        LlmProvider.XAI => WithPath(apiBase ?? "https://api.x.ai", "/v1/"),
        _ => apiBase is null ? null : new Uri(apiBase),
    };

    private static string BedrockAddress(string model, Func<string, string?> readVariable) =>
        readVariable("AWS_REGION") is { Length: > 0 } region
            ? $"https://bedrock-runtime.{region}.amazonaws.com"
            : throw new ModelException(
                ModelFailure.Configuration,
                $"The model '{model}' of bedrock needs 'api_base' (https://bedrock-runtime.<region>.amazonaws.com) or the environment variable AWS_REGION.");

    /// <summary>Appends the path of the protocol to the address, unless it already has a path.</summary>
    private static Uri WithPath(string address, string path)
    {
        var uri = new Uri(address);
        return uri.AbsolutePath == "/" ? new Uri(uri, path) : uri;
    }

    /// <summary>Returns the provider's name as the configuration spells it.</summary>
    public static string NameOf(LlmProvider provider) => provider switch
    {
        LlmProvider.AzureOpenAI => "azure-openai",
        _ => provider.ToString().ToLowerInvariant(),
    };
}
