using System.Collections.Immutable;
using Atlas.Discovery.Findings;

namespace Atlas.Discovery.Python;

/// <summary>Finds tools and MCP servers in a Python file.</summary>
internal static class PythonTools
{
    private static readonly HashSet<string> Decorators = ["tool", "function_tool", "tool_plain", "ai_function", "kernel_function"];

    public static void Read(PythonModule module, FindingLog log)
    {
        foreach (var function in module.Functions.Concat(module.Classes.SelectMany(type => type.Methods)))
        {
            foreach (var decorator in function.DecoratorNames.Where(name => Decorators.Contains(name[(name.LastIndexOf('.') + 1)..])))
            {
                log.Tools.Add(new ToolFinding(
                    NameIn(module, function) ?? function.Name,
                    FirstParagraph(function.Documentation),
                    $"{module.Name}.{function.Name}",
                    function.Parameters(),
                    decorator.Contains("mcp", StringComparison.OrdinalIgnoreCase) ? "mcp_tool" : "decorated",
                    new SourceLocation(module.Source.Path, function.Line)));
            }
        }

        foreach (var call in module.Calls)
        {
            var at = new SourceLocation(module.Source.Path, call.Line);
            switch (call.Function)
            {
                case "FastMCP":
                    log.McpServers.Add(new McpServerFinding(
                        (call.Positional is [var name, ..] ? module.TextOf(name) : null) ?? module.Name, "provided", null, [], null, at));
                    break;
                case "StdioServerParameters" or "MCPServerStdio":
                    var command = (call.Named.TryGetValue("command", out var program) ? module.TextOf(program) : null)
                        ?? (call.Positional is [var first, ..] ? module.TextOf(first) : null);
                    var arguments = call.Named.TryGetValue("args", out var list) && list is [var open, ..] && open.Is("[")
                        ? PythonCall.Split(list, 1).Select(item => module.TextOf(item)).OfType<string>().ToImmutableArray()
                        : [];
                    log.McpServers.Add(new McpServerFinding(command ?? "server", "stdio", command, arguments, null, at));
                    break;
                case "MCPServerStreamableHttp" or "MCPServerSse" or "sse_client" or "streamablehttp_client":
                    var address = (call.Named.TryGetValue("url", out var url) ? module.TextOf(url) : null)
                        ?? (call.Positional is [var one, ..] ? module.TextOf(one) : null);
                    log.McpServers.Add(new McpServerFinding(address ?? "server", "http", null, [], address, at));
                    break;
                default:
                    break;
            }
        }
    }

    private static string? NameIn(PythonModule module, PythonFunction function) => function.Decorators
        .SelectMany(decorator => PythonCall.In(decorator.Tokens))
        .Select(call => call.Named.TryGetValue("name", out var name) || call.Named.TryGetValue("name_override", out name)
            ? module.TextOf(name)
            : call.Positional is [var first, ..] ? module.TextOf(first) : null)
        .FirstOrDefault(name => name is not null);

    private static string? FirstParagraph(string? documentation) => documentation is null
        ? null
        : string.Join(' ', documentation.Split("\n\n")[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
