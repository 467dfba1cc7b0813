using Atlas.Discovery.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Atlas.Discovery.DotNet;

/// <summary>Finds HTTP routes whose handler calls an agent or a model.</summary>
internal static class EndpointRules
{
    private static readonly HashSet<string> AgentTypes = ["IChatClient", "AIAgent", "ChatClientAgent", "Kernel", "ChatCompletionAgent"];

    public static void Read(CSharpFile file, IReadOnlyDictionary<string, string> launchAddresses)
    {
        foreach (var call in file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (CSharpFile.NameOf(call) == "MapPost"
                && call.ArgumentList.Arguments is [var route, var handler, ..]
                && file.TextOf(route.Expression) is { } path
                && HandlerOf(file, handler.Expression) is { } body
                && AsksAgent(file, body))
            {
                var address = launchAddresses.FirstOrDefault(launch => file.Source.Path.StartsWith(launch.Key, StringComparison.Ordinal)).Value;
                file.Log.Endpoints.Add(new EndpointFinding(
                    path, address is null ? null : address.TrimEnd('/') + "/" + path.TrimStart('/'), ResultOf(body), file.At(call)));
            }
        }
    }

    private static SyntaxNode? HandlerOf(CSharpFile file, ExpressionSyntax handler) => handler is LambdaExpressionSyntax
        ? handler
        : file.Meaning.GetSymbolInfo(handler) is var known
            && (known.Symbol ?? known.CandidateSymbols.FirstOrDefault())?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is { } method
            ? method
            : null;

    private static bool AsksAgent(CSharpFile file, SyntaxNode handler)
    {
        var types = handler.DescendantNodes().OfType<ParameterSyntax>().Select(parameter => CSharpFile.NameOf(parameter.Type)).ToList();
        return types.Any(AgentTypes.Contains)
            || types.Any(type => file.Log.Targets.Any(target => target.Role == "agent" && target.QualifiedName == type))
            || types.Any(type => type.EndsWith("Agent", StringComparison.Ordinal))
            || handler.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => CSharpFile.NameOf(call) is "GetResponseAsync" or "RunAsync" or "InvokeAsync"
                && call.Expression is MemberAccessExpressionSyntax { Expression: { } receiver }
                && file.Meaning.GetTypeInfo(receiver).Type?.Name is { } name && AgentTypes.Contains(name));
    }

    /// <summary>Returns the property that contains the answer if the handler returns <c>new { answer = … }</c> or a record created that
    /// way.</summary>
    private static string? ResultOf(SyntaxNode handler) => handler.DescendantNodes().OfType<AnonymousObjectMemberDeclaratorSyntax>()
        .Select(member => member.NameEquals?.Name.Identifier.ValueText
            ?? (member.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText
            ?? (member.Expression as IdentifierNameSyntax)?.Identifier.ValueText)
        .FirstOrDefault(name => name is not null) is { } found ? char.ToLowerInvariant(found[0]) + found[1..] : null;
}
