using Atlas.Discovery.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Atlas.Discovery.DotNet;

/// <summary>Finds functions that agents call: passed to AIFunctionFactory, or marked as tools.</summary>
internal static class ToolRules
{
    public static void Read(CSharpFile file)
    {
        foreach (var call in file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression.ToString().EndsWith("AIFunctionFactory.Create", StringComparison.Ordinal) && call.ArgumentList.Arguments.Count > 0)
            {
                file.Log.Tools.Add(OfFactory(file, call));
            }
        }

        foreach (var method in file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            foreach (var attribute in method.AttributeLists.SelectMany(list => list.Attributes))
            {
                var kind = CSharpFile.NameOf(attribute.Name) switch
                {
                    "McpServerTool" or "McpServerToolAttribute" => "mcp_tool",
                    "KernelFunction" or "KernelFunctionAttribute" => "kernel_function",
                    _ => null,
                };
                if (kind is not null)
                {
                    var named = attribute.ArgumentList?.Arguments.FirstOrDefault(
                        argument => argument.NameEquals is null or { Name.Identifier.ValueText: "Name" })?.Expression;
                    var symbol = file.Meaning.GetDeclaredSymbol(method) as IMethodSymbol;
                    file.Log.Tools.Add(Of(file, method, file.TextOf(named), DescriptionOf(method), symbol, kind));
                }
            }
        }
    }

    private static ToolFinding OfFactory(CSharpFile file, InvocationExpressionSyntax call)
    {
        var function = call.ArgumentList.Arguments[0].Expression;
        var options = call.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<BaseObjectCreationExpressionSyntax>().FirstOrDefault();
        var name = file.TextOf(CSharpFile.Argument(call.ArgumentList, "name", 1) ?? CSharpFile.Property(options, "Name"));
        var description = file.TextOf(CSharpFile.Argument(call.ArgumentList, "description", 2) ?? CSharpFile.Property(options, "Description"));
        var known = file.Meaning.GetSymbolInfo(function);
        var method = (known.Symbol ?? known.CandidateSymbols.FirstOrDefault()) as IMethodSymbol;
        return Of(file, function, name, description ?? DescriptionOf(method), method, "ai_function");
    }

    private static ToolFinding Of(CSharpFile file, SyntaxNode at, string? name, string? description, IMethodSymbol? method, string kind)
    {
        var isLambda = method?.MethodKind is MethodKind.AnonymousFunction;
        return new ToolFinding(
            name ?? (method is null || isLambda ? LastName(at) : method.Name),
            description,
            method is null ? null : isLambda ? $"lambda in {file.Source.Path}" : method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
            ParameterSchema.Of(method),
            kind,
            file.At(at));
    }

    private static string LastName(SyntaxNode node) => node switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        _ => "function",
    };

    private static string? DescriptionOf(MethodDeclarationSyntax method) => method.AttributeLists.SelectMany(list => list.Attributes)
        .Where(attribute => CSharpFile.NameOf(attribute.Name) is "Description" or "DescriptionAttribute")
        .Select(attribute => (attribute.ArgumentList?.Arguments.FirstOrDefault()?.Expression as LiteralExpressionSyntax)?.Token.ValueText)
        .FirstOrDefault();

    private static string? DescriptionOf(IMethodSymbol? method) =>
        method?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax declared ? DescriptionOf(declared) : null;
}
