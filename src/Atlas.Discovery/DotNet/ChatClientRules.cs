using Atlas.Discovery.Findings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Atlas.Discovery.DotNet;

/// <summary>Finds clients of language models: the provider, the model, and where the key comes from.</summary>
internal static class ChatClientRules
{
    public static void Read(CSharpFile file)
    {
        foreach (var node in file.Root.DescendantNodes())
        {
            var found = node switch
            {
                BaseObjectCreationExpressionSyntax creation => OfCreation(file, creation),
                InvocationExpressionSyntax call => OfCall(file, call),
                _ => null,
            };
            if (found is not null)
            {
                file.Log.ChatClients.Add(found);
            }
        }
    }

    private static ChatClientFinding? OfCreation(CSharpFile file, BaseObjectCreationExpressionSyntax creation)
    {
        if (creation is not ObjectCreationExpressionSyntax named)
        {
            return null;
        }

        var arguments = creation.ArgumentList;
        var type = CSharpFile.NameOf(named.Type);
        return type switch
        {
            // The GetChatClient call that follows names its model, and reports both.
            "OpenAIClient" or "AzureOpenAIClient" or "AnthropicClient" when IsAskedForModel(creation) => null,
            "OpenAIClient" => New("openai", null, null),
            "AzureOpenAIClient" => New("azure-openai", null, file.TextOf(CSharpFile.Argument(arguments, "endpoint", 0))),
            "AnthropicClient" => New("anthropic", null, null),
            "ChatClient" when file.TextOf(CSharpFile.Argument(arguments, "model", 0)) is { } model => New("openai", model, AddressIn(file, arguments)),
            "OllamaApiClient" or "OllamaChatClient" => New(
                "openai", file.TextOf(CSharpFile.Argument(arguments, "defaultModel", 1)), AddressIn(file, arguments) is { } host ? host.TrimEnd('/') + "/v1" : null),
            _ => null,
        };

        ChatClientFinding New(string provider, string? model, string? address) =>
            new($"new {type}", provider, model, file.KeyVariableOf(creation), address, file.At(creation));
    }

    private static ChatClientFinding? OfCall(CSharpFile file, InvocationExpressionSyntax call)
    {
        var arguments = call.ArgumentList;
        switch (CSharpFile.NameOf(call))
        {
            case "GetChatClient" or "GetOpenAIResponseClient" or "GetResponsesClient" when arguments.Arguments.Count == 1:
            {
                var receiver = Receiver(file, call);
                return new ChatClientFinding(
                    "GetChatClient",
                    ProviderOf(receiver),
                    file.TextOf(CSharpFile.Argument(arguments, "model", 0)),
                    file.KeyVariableOf(receiver),
                    receiver is null ? null : AddressIn(file, receiver),
                    file.At(call));
            }

            case "AsIChatClient" when arguments.Arguments.Count > 0 && file.TextOf(CSharpFile.Argument(arguments, "defaultModelId", 0)) is { } model:
                return new ChatClientFinding("AsIChatClient", ProviderOf(Receiver(file, call)), model, file.KeyVariableOf(Receiver(file, call)), null, file.At(call));
            case "AddOpenAIChatClient" or "AddOpenAIChatCompletion" or "AddAzureOpenAIChatCompletion":
                return new ChatClientFinding(
                    CSharpFile.NameOf(call),
                    CSharpFile.NameOf(call).Contains("Azure", StringComparison.Ordinal) ? "azure-openai" : "openai",
                    file.TextOf(CSharpFile.Argument(arguments, "modelId", 0)),
                    file.KeyVariableOf(call),
                    AddressIn(file, arguments),
                    file.At(call));
            default:
                return null;
        }
    }

    private static bool IsAskedForModel(BaseObjectCreationExpressionSyntax creation) =>
        creation.Parent is MemberAccessExpressionSyntax
        || creation.Ancestors().OfType<VariableDeclaratorSyntax>().FirstOrDefault() is { } variable
            && creation.SyntaxTree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
                CSharpFile.NameOf(call) is "GetChatClient" or "AsIChatClient" && call.Expression.ToString().StartsWith(variable.Identifier.ValueText + ".", StringComparison.Ordinal));

    // The expression before the dot, or what the variable before the dot was assigned.
    private static ExpressionSyntax? Receiver(CSharpFile file, InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Expression: { } before })
        {
            return null;
        }

        return before is IdentifierNameSyntax name
            ? file.Root.DescendantNodes().OfType<VariableDeclaratorSyntax>()
                .FirstOrDefault(variable => variable.Identifier.ValueText == name.Identifier.ValueText)?.Initializer?.Value ?? before
            : before;
    }

    private static string? ProviderOf(ExpressionSyntax? receiver) => receiver?.ToString() switch
    {
        null => null,
        var text when text.Contains("Azure", StringComparison.Ordinal) => "azure-openai",
        var text when text.Contains("Anthropic", StringComparison.Ordinal) => "anthropic",
        var text when text.Contains("Gemini", StringComparison.Ordinal) || text.Contains("Google", StringComparison.Ordinal) => "gemini",
        _ => "openai",
    };

    private static string? AddressIn(CSharpFile file, Microsoft.CodeAnalysis.SyntaxNode? node) => node?.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
        .Where(creation => CSharpFile.NameOf(creation.Type) == "Uri")
        .Select(creation => file.TextOf(CSharpFile.Argument(creation.ArgumentList, "uriString", 0)))
        .FirstOrDefault(text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https"));
}
