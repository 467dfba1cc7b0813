namespace Atlas.Discovery.Sources;

/// <summary>Decides by its name whether an environment variable could contain a key: clients read addresses and models from variables,
/// too.</summary>
internal static class KeyVariable
{
    private static readonly string[] OtherThings =
    [
        "ENDPOINT", "URL", "URI", "BASE", "HOST", "HOSTNAME", "ADDRESS", "SERVER", "PORT", "PATH", "FILE", "REGION", "LOCATION", "ZONE",
        "MODEL", "DEPLOYMENT", "VERSION", "NAME", "ID", "ORG", "ORGANIZATION", "PROJECT", "TENANT", "TIMEOUT", "PROVIDER",
    ];

    /// <summary>Returns false if the last word of the name indicates something else: an address, a model, a region.</summary>
    public static bool CouldBe(string name)
    {
        // AZURE_OPENAI_ENDPOINT, AzureOpenAI__Endpoint, OpenAIBaseUrl
        var last = name.Split('_', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        return !OtherThings.Contains(last, StringComparer.OrdinalIgnoreCase)
            && !OtherThings.Any(other => last.EndsWith(Capitalised(other), StringComparison.Ordinal));
    }

    /// <summary>Returns whether the name indicates a key.</summary>
    public static bool Is(string name) => CouldBe(name)
        && (name.Contains("KEY", StringComparison.OrdinalIgnoreCase)
            || name.Contains("TOKEN", StringComparison.OrdinalIgnoreCase)
            || name.Contains("SECRET", StringComparison.OrdinalIgnoreCase));

    private static string Capitalised(string word) => word[0] + word[1..].ToLowerInvariant();
}
