using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Atlas.Runtime.Agents.ToolServers;

/// <summary>A tool of an MCP server. It returns the text that the server returns, and fails if the server reports an error.</summary>
internal sealed class ServedTool(McpClientTool tool, string server, TimeSpan limit, TimeProvider time) : DelegatingAIFunction(tool)
{
    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var result = await tool.CallAsync(
                arguments.ToDictionary(argument => argument.Key, argument => argument.Value, StringComparer.Ordinal),
                cancellationToken: either.Token).ConfigureAwait(false);
            return result.IsError is true ? throw new AgentException(TextOf(result)) : ValueOf(result);
        }
        catch (OperationCanceledException slow) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AgentException(
                string.Create(CultureInfo.InvariantCulture, $"The tool '{Name}' of the MCP server '{server}' did not answer within {limit.TotalSeconds} seconds."), slow);
        }
        catch (Exception lost) when (lost is McpException or HttpRequestException or IOException or ObjectDisposedException)
        {
            throw new AgentException($"The tool '{Name}' of the MCP server '{server}' could not be called: {lost.Message}", lost);
        }
    }

    private static object? ValueOf(CallToolResult result) => result.StructuredContent is { } structured && structured.ValueKind == JsonValueKind.Object
        ? JsonObject.Create(structured)
        : TextOf(result);

    // Content that is not text, such as an image, is named by its type, because the models here read text.
    private static string TextOf(CallToolResult result) => string.Join(
        '\n', result.Content.Select(block => block is TextContentBlock text ? text.Text : $"[{block.Type}]"));
}
