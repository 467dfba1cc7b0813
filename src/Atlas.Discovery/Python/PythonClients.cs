using System.Collections.Immutable;
using Atlas.Discovery.Findings;
using Atlas.Discovery.Sources;

namespace Atlas.Discovery.Python;

/// <summary>Finds calls of language models in a Python file.</summary>
internal static class PythonClients
{
    private static readonly Dictionary<string, string?> Makers = new(StringComparer.Ordinal)
    {
        ["OpenAI"] = "openai", ["AsyncOpenAI"] = "openai", ["ChatOpenAI"] = "openai", ["OpenAIChatModel"] = "openai",
        ["AzureOpenAI"] = "azure-openai", ["AsyncAzureOpenAI"] = "azure-openai", ["AzureChatOpenAI"] = "azure-openai",
        ["Anthropic"] = "anthropic", ["AsyncAnthropic"] = "anthropic", ["ChatAnthropic"] = "anthropic",
        ["ChatGoogleGenerativeAI"] = "gemini", ["GenerativeModel"] = "gemini",
        ["ChatXAI"] = "xai", ["ChatBedrock"] = "bedrock", ["ChatBedrockConverse"] = "bedrock",
        ["LiteLlm"] = null, ["ChatLiteLLM"] = null, ["init_chat_model"] = null, ["completion"] = null, ["acompletion"] = null,
    };

    public static void Read(PythonModule module, FindingLog log)
    {
        // The client and the call that names the model are often separate, so the calls of a file are combined.
        var model = module.Calls.Where(call => call.Name.EndsWith(".create", StringComparison.Ordinal) || call.Name.EndsWith(".parse", StringComparison.Ordinal))
            .Select(call => ArgumentOf(module, call, "model"))
            .FirstOrDefault(text => text is not null);
        foreach (var call in module.Calls)
        {
            if (!Makers.TryGetValue(call.Function, out var provider) || (call.Function is "completion" or "acompletion" && !call.Named.ContainsKey("model")))
            {
                continue;
            }

            var named = ArgumentOf(module, call, "model") ?? ArgumentOf(module, call, "model_name")
                ?? (provider is null or "gemini" && call.Positional is [var first, ..] ? module.TextOf(first) : null);
            var (known, plain) = Split(named ?? model);
            log.ChatClients.Add(new ChatClientFinding(
                call.Name,
                provider ?? known ?? (plain is null ? null : ProviderOf(plain)),
                plain,
                call.Named.Values.Select(value => module.VariableOf(value)).FirstOrDefault(variable => variable is not null && KeyVariable.Is(variable)),
                ArgumentOf(module, call, "base_url") ?? ArgumentOf(module, call, "azure_endpoint") ?? ArgumentOf(module, call, "api_base"),
                new SourceLocation(module.Source.Path, call.Line)));
        }
    }

    private static string? ArgumentOf(PythonModule module, PythonCall call, string name) =>
        call.Named.TryGetValue(name, out var value) ? module.TextOf(value) : null;

    // "openai:gpt-4.1" and "openai/gpt-4.1" contain both.
    private static (string? Provider, string? Model) Split(string? model)
    {
        var at = model?.IndexOfAny([':', '/']) ?? -1;
        return at > 0 && model![..at] is var prefix && prefix is "openai" or "anthropic" or "gemini" or "xai" or "bedrock" or "google_genai" or "azure"
            ? (prefix switch { "google_genai" => "gemini", "azure" => "azure-openai", _ => prefix }, model[(at + 1)..])
            : (null, model);
    }

    private static string? ProviderOf(string model) => model switch
    {
        _ when model.StartsWith("gpt", StringComparison.Ordinal) || model.StartsWith('o') => "openai",
        _ when model.StartsWith("claude", StringComparison.Ordinal) => "anthropic",
        _ when model.StartsWith("gemini", StringComparison.Ordinal) => "gemini",
        _ when model.StartsWith("grok", StringComparison.Ordinal) => "xai",
        _ => null,
    };
}
