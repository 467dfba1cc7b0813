using System.Collections.Immutable;
using System.Globalization;
using Atlas.Configuration.Agents;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;

namespace Atlas.Runtime.Agents.ToolServers;

/// <summary>A connection to one MCP server.</summary>
internal sealed class ToolServer : IAsyncDisposable
{
    private readonly McpClient _client;

    private ToolServer(string name, McpClient client, ImmutableArray<AIFunction> tools)
    {
        Name = name;
        _client = client;
        Tools = tools;
    }

    public string Name { get; }

    public ImmutableArray<AIFunction> Tools { get; }

    public static async Task<ToolServer> ConnectAsync(
        ToolServerOptions options, Func<string, string?> readVariable, ILoggerFactory logging, TimeProvider time, CancellationToken cancellationToken)
    {
        var limit = TimeSpan.FromSeconds(options.TimeoutSeconds);
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        McpClient? client = null;
        try
        {
            client = await McpClient.CreateAsync(
                ToolServerTransport.Of(options, readVariable, logging),
                new McpClientOptions { InitializationTimeout = limit },
                logging,
                either.Token).ConfigureAwait(false);
            var offered = await client.ListToolsAsync(cancellationToken: either.Token).ConfigureAwait(false);
            return new ToolServer(options.Name, client, [.. Chosen(options, [.. offered]).Select(tool => new ServedTool(tool, options.Name, limit, time))]);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            if (client is not null)
            {
                await client.DisposeAsync().ConfigureAwait(false);
            }

            throw failure as AgentException ?? new AgentException(
                late.IsCancellationRequested || Chain(failure).Any(cause => cause is TimeoutException)
                    ? string.Create(CultureInfo.InvariantCulture, $"The MCP server {options} did not answer within {options.TimeoutSeconds} seconds.")
                    : $"The MCP server {options} cannot be used: {Chain(failure).Last().Message}",
                failure);
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static IEnumerable<McpClientTool> Chosen(ToolServerOptions options, IReadOnlyList<McpClientTool> offered)
    {
        if (options.Tools.IsDefaultOrEmpty)
        {
            return offered;
        }

        var missing = options.Tools.Except(offered.Select(tool => tool.Name), StringComparer.Ordinal).ToArray();
        return missing.Length == 0
            ? offered.Where(tool => options.Tools.Contains(tool.Name, StringComparer.Ordinal))
            : throw new AgentException(
                $"The MCP server '{options.Name}' has no tool '{missing[0]}'; it has {string.Join(", ", offered.Select(tool => tool.Name))}.");
    }

    // The package has a clock of its own for the same limit, and either may be the first to ring.
    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
