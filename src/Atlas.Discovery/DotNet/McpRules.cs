using System.Collections.Immutable;
using Atlas.Discovery.Findings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Atlas.Discovery.DotNet;

/// <summary>Finds MCP servers that a program starts, calls, or provides.</summary>
internal static class McpRules
{
    public static void Read(CSharpFile file)
    {
        foreach (var node in file.Root.DescendantNodes())
        {
            switch (node)
            {
                case InvocationExpressionSyntax call when CSharpFile.NameOf(call) == "AddMcpServer":
                    var project = Path.GetFileName(Path.GetDirectoryName(file.Source.FullPath)) ?? "server";
                    file.Log.McpServers.Add(new McpServerFinding(project, "provided", null, [], null, file.At(call)));
                    break;
                case ObjectCreationExpressionSyntax creation when CSharpFile.NameOf(creation.Type) is "StdioClientTransport" or "HttpClientTransport" or "SseClientTransport":
                    var options = creation.ArgumentList?.Arguments.FirstOrDefault()?.Expression as BaseObjectCreationExpressionSyntax;
                    var isProgram = CSharpFile.NameOf(creation.Type) == "StdioClientTransport";
                    var command = file.TextOf(CSharpFile.Property(options, "Command"));
                    var address = file.TextOf(CSharpFile.Property(options, "Endpoint"));
                    file.Log.McpServers.Add(new McpServerFinding(
                        file.TextOf(CSharpFile.Property(options, "Name")) ?? command ?? address ?? "server",
                        isProgram ? "stdio" : "http",
                        command,
                        Texts(file, CSharpFile.Property(options, "Arguments")),
                        address,
                        file.At(creation)));
                    break;
                default:
                    break;
            }
        }
    }

    private static ImmutableArray<string> Texts(CSharpFile file, ExpressionSyntax? list) => list switch
    {
        CollectionExpressionSyntax items => [.. items.Elements.OfType<ExpressionElementSyntax>().Select(item => file.TextOf(item.Expression)).OfType<string>()],
        ImplicitArrayCreationExpressionSyntax items => [.. items.Initializer.Expressions.Select(item => file.TextOf(item)).OfType<string>()],
        ArrayCreationExpressionSyntax { Initializer: { } initialiser } => [.. initialiser.Expressions.Select(item => file.TextOf(item)).OfType<string>()],
        _ => [],
    };
}
